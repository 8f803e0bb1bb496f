import Archives

/// An archive, and the stores that it may reach into.
struct Archive {
    let source: any ArchiveSource
    let stores: Stores?

    var loader: AudioLoader { AudioLoader(objects: stores?.objects) }

    func forEach(_ body: (ArchiveItem) async throws -> Void) async throws {
        var reader = try await source.makeReader()
        while let item = try await reader.next() { try await body(item) }
    }
}
