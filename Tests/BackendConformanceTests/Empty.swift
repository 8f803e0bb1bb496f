// BackendConformance
