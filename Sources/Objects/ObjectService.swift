/// All that S3 needs of an object store.
///
/// Keys are checked by each call, names of buckets too. Every change is durable when the call returns.
package protocol ObjectService: ObjectStore {
    // Buckets

    func buckets() async throws -> [Bucket]

    /// - Throws: ``ObjectError/noSuchBucket(_:)``.
    func bucket(named name: String) async throws -> Bucket

    /// - Returns: Whether there was none before; one that is there stays as it is.
    @discardableResult
    func createBucket(_ name: String, settings: [String: String]) async throws -> Bool

    /// - Throws: ``ObjectError/bucketNotEmpty(_:)``.
    func deleteBucket(_ name: String) async throws

    /// Changes some of a bucket's settings; `nil` removes one.
    func change(_ settings: [String: String?], of bucket: String) async throws

    // Objects

    /// Opens an object for reading.
    ///
    /// - Returns: `nil` if there is none.
    func open(_ key: String, in bucket: String) async throws -> (any OpenObject)?

    /// Begins to take a body for a key.
    func receive(
        for key: String, in bucket: String, computing algorithms: Set<ChecksumAlgorithm>
    ) async throws -> any IncomingBody

    /// Makes a finished body an object, in place of the one with the same key.
    ///
    /// - Parameters:
    ///   - body: One that this store has begun; it is used up, also when this throws.
    ///   - checksum: What shall be kept as the object's checksum.
    func put(
        _ body: any IncomingBody, as draft: ObjectDraft, checksum: Checksum?, in bucket: String,
        if condition: ObjectCondition?
    ) async throws -> ObjectInfo

    /// Puts an object with the bytes of another one, without reading them where the store can.
    func put(
        bytesOf source: any OpenObject, as draft: ObjectDraft, checksum: Checksum?, in bucket: String,
        if condition: ObjectCondition?
    ) async throws -> ObjectInfo

    /// Deletes several objects; those that are not there do not count.
    func delete(_ keys: [String], in bucket: String) async throws

    func delete(_ key: String, in bucket: String, if condition: ObjectCondition?) async throws

    func setTags(_ tags: [String: String], of key: String, in bucket: String) async throws

    func list(in range: ObjectKeyRange, limit: Int, of bucket: String) async throws -> [ObjectInfo]

    // Uploads in parts

    func begin(
        _ draft: ObjectDraft, algorithm: ChecksumAlgorithm?, checksumType: ChecksumType, in bucket: String
    ) async throws -> Upload

    /// - Throws: ``ObjectError/noSuchUpload``.
    func upload(_ id: String, of key: String, in bucket: String) async throws -> Upload

    /// What an upload has become, if it was completed and nobody has replaced the object since.
    func completed(_ id: String, of key: String, in bucket: String) async throws -> ObjectInfo?

    /// Makes a finished body a part of an upload, in place of the one with the same number.
    func put(
        _ body: any IncomingBody, asPart number: Int, of upload: Upload, checksum: Checksum?, in bucket: String
    ) async throws -> UploadedPart

    /// The parts that have come, in the order of their numbers.
    func parts(of upload: Upload, after number: Int, limit: Int, in bucket: String) async throws -> [UploadedPart]

    /// Uploads in the order of their keys' bytes and then of their beginning.
    ///
    /// - Parameter after: The id behind which those of the range's first key are wanted.
    func uploads(in range: ObjectKeyRange, after id: String?, limit: Int, of bucket: String) async throws -> [Upload]

    /// Makes an object of an upload's parts, of these and no others.
    ///
    /// - Parameter parts: As ``parts(of:after:limit:in:)`` gave them, in order.
    /// - Throws: ``ObjectError/invalidPart(_:)`` if one was put anew since.
    func complete(
        _ upload: Upload, parts: [UploadedPart], etag: String, checksum: Checksum?, in bucket: String,
        if condition: ObjectCondition?
    ) async throws -> ObjectInfo

    func abort(_ upload: Upload, in bucket: String) async throws
}
