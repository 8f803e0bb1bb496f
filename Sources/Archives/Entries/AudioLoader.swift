import Acoustics
package import Objects

/// Reads the recordings of an archive, wherever they are.
package struct AudioLoader: Sendable {
    private let objects: (any ObjectStore)?

    /// - Parameter objects: For recordings that are objects, if anybody said where the store is.
    package init(objects: (any ObjectStore)?) { self.objects = objects }

    /// - Returns: The file as it is, or a sentence that says why it cannot be had.
    /// - Throws: `ObjectError.unavailable` while the store cannot be reached: that is not the recording's fault.
    package func bytes(of entry: ArchiveEntry) async throws -> Result<[UInt8], ArchiveError> {
        switch entry.place {
        case .file(let path): return SmallFile.bytes(of: path, named: entry.audio, limit: AudioLimits().bytes)
        case .object(let key, let bucket):
            guard let objects else {
                return .failure(ArchiveError("Its audio is in an object store: say --data or --endpoint."))
            }
            do { return try await Self.bytes(at: key, in: bucket, of: objects) } catch let error as ObjectError {
                if case .unavailable = error { throw error }
                return .failure(ArchiveError(error.description))
            }
        }
    }

    private static func bytes(
        at key: String, in bucket: String, of objects: any ObjectStore
    ) async throws -> Result<[UInt8], ArchiveError> {
        let limit = AudioLimits().bytes
        guard let info = try await objects.head(key, in: bucket) else { throw ObjectError.noSuchObject(key) }
        guard info.bytes <= limit else {
            return .failure(ArchiveError(AudioError.tooManyBytes(count: info.bytes, limit: limit).description))
        }
        return .success(try await objects.get(key, in: bucket).body)
    }
}
