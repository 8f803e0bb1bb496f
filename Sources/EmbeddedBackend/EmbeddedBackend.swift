// EmbeddedBackend
