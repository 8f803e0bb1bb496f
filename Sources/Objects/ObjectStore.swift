/// Named byte sequences in buckets: audio, speech marks, recordings.
///
/// A put is whole or not at all, and durable when it returns. A reader sees the old object or the new one, never a mix.
package protocol ObjectStore: Sendable {
    /// Creates a bucket; nothing happens if it exists.
    func createBucket(_ name: String) async throws

    /// - Throws: ``ObjectError/noSuchBucket(_:)``, ``ObjectError/badKey(_:reason:)``.
    @discardableResult
    func put(
        _ bytes: [UInt8], at key: String, in bucket: String, contentType: String, metadata: [String: String]
    ) async throws -> ObjectInfo

    /// Puts several objects, at less cost than one after another.
    ///
    /// Each is as a put of its own would leave it. When this throws, any of them may have been put.
    ///
    /// - Returns: What is known of each, in order.
    @discardableResult
    func put(_ objects: [NewObject], in bucket: String) async throws -> [ObjectInfo]

    /// - Parameter range: The bytes wanted, cut at the object's end; everything when `nil`.
    /// - Throws: ``ObjectError/noSuchObject(_:)``; ``ObjectError/rangeNotSatisfiable(size:)`` for a range that starts
    ///   behind the end.
    func get(_ key: String, in bucket: String, range: Range<Int>?) async throws -> StoredObject

    /// What is known of an object, or `nil` if there is none.
    func head(_ key: String, in bucket: String) async throws -> ObjectInfo?

    /// Deletes an object; nothing happens if there is none.
    func delete(_ key: String, in bucket: String) async throws

    /// Deletes those of several objects that are still what was told of them.
    ///
    /// - Returns: How many were deleted.
    func delete(unchanged objects: [ObjectSummary], in bucket: String) async throws -> Int

    /// The objects whose keys start with `prefix`, in the order of the keys' UTF-8 bytes.
    ///
    /// - Parameter after: Starts behind this key; from the first one when `nil`.
    func list(prefix: String, after: String?, limit: Int, in bucket: String) async throws -> [ObjectSummary]
}

extension ObjectStore {
    /// Side by side.
    @discardableResult
    package func put(_ objects: [NewObject], in bucket: String) async throws -> [ObjectInfo] {
        try await withThrowingTaskGroup(of: (index: Int, info: ObjectInfo).self) { group in
            for (index, object) in objects.enumerated() {
                group.addTask {
                    let info = try await put(
                        object.bytes, at: object.key, in: bucket, contentType: object.contentType,
                        metadata: object.metadata)
                    return (index, info)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.index < $1.index }.map(\.info)
        }
    }

    @discardableResult
    package func put(
        _ bytes: [UInt8], at key: String, in bucket: String, contentType: String
    ) async throws -> ObjectInfo {
        try await put(bytes, at: key, in: bucket, contentType: contentType, metadata: [:])
    }

    package func get(_ key: String, in bucket: String) async throws -> StoredObject {
        try await get(key, in: bucket, range: nil)
    }
}
