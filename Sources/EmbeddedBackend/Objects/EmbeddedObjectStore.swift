import Crypto
import GRDB
package import Objects
import SpeakModel
import Synchronization

/// Objects in a data folder: what is known of them in SQLite, their bytes in one file each.
///
/// A body's file never changes. A put writes a new one, syncs it and its name, and only then commits the row that refers
/// to it; the file it replaces is removed last. So a crash leaves at worst a file that no row refers to, and the next
/// opening removes it (``sweep(_:_:maximumBodies:)``). Readers are never in the way of writers.
package final class EmbeddedObjectStore: ObjectStore {
    private let storage: Storage
    private let folder: BodyFolder
    private let threads = FileThreads()
    private let knownBuckets = Mutex<[String: BucketName]>([:])

    /// Opens the objects of a data folder that this process owns, and sweeps it.
    ///
    /// - Throws: ``DataFolderError/unreadable(path:reason:)``.
    init(storage: Storage, dataFolder path: String) throws(DataFolderError) {
        self.storage = storage
        do {
            folder = try BodyFolder(inDataFolder: path)
            try Self.sweep(folder, storage)
        } catch {
            throw .unreadable(path: path + "/objects", reason: "\(error)")
        }
    }

    package func createBucket(_ name: String) async throws {
        let bucket = try BucketName(name)
        try await commit { try $0.createBucket(bucket) }
    }

    @discardableResult
    package func put(
        _ bytes: [UInt8], at key: String, in bucket: String, contentType: String, metadata: [String: String]
    ) async throws -> ObjectInfo {
        let object = NewObject(key: key, bytes: bytes, contentType: contentType, metadata: metadata)
        return try await put([object], in: bucket)[0]
    }

    /// One visit to the disk and one commit for all.
    @discardableResult
    package func put(_ objects: [NewObject], in bucket: String) async throws -> [ObjectInfo] {
        let keys = try objects.map { try ObjectKey($0.key) }
        let bucket = try await existingBucket(bucket)
        let bodies = BodyName.together(for: keys)
        let etags = try await onDisk { folder in
            try folder.write(zip(bodies, objects).map { ($0, $1.bytes) }, in: bucket)
            return objects.map { Self.etag(of: $0.bytes) }
        }
        let now = storage.now()
        let rows = objects.indices.map { index in
            let object = objects[index]
            let info = ObjectInfo(
                key: object.key, bytes: object.bytes.count, contentType: object.contentType, metadata: object.metadata,
                etag: etags[index], modifiedAt: now)
            return ObjectRow(bucket: bucket, info: info, body: bodies[index])
        }
        // Where the commit fails the bodies stay: some failures leave it open whether the rows are on the disk.
        let replaced = try await commit { connection in try rows.compactMap { try connection.put($0) } }
        for body in replaced { await discard(body, in: bucket) }
        return rows.map(\.info)
    }

    package func get(_ key: String, in bucket: String, range: Range<Int>?) async throws -> StoredObject {
        var missing: BodyName?
        while true {
            guard let row = try await row(of: key, in: bucket) else { throw ObjectError.noSuchObject(key) }
            let range = try ByteRange.cut(range, toSize: row.info.bytes)
            if let body = try await bytes(range, of: row) { return StoredObject(info: row.info, body: body) }
            // Another put took the file away between the two steps, unless the row still refers to it.
            guard row.body != missing else { throw Self.lost(row, at: folder.path(of: row.body, in: row.bucket)) }
            missing = row.body
        }
    }

    package func head(_ key: String, in bucket: String) async throws -> ObjectInfo? {
        try await row(of: key, in: bucket)?.info
    }

    package func delete(_ key: String, in bucket: String) async throws {
        let key = try ObjectKey(key)
        let bucket = try await existingBucket(bucket)
        let removed = try await commit { try $0.removeObjectRow(of: key.text, in: bucket) }
        if let removed { await discard(removed, in: bucket) }
    }

    package func list(prefix: String, after: String?, limit: Int, in bucket: String) async throws -> [ObjectSummary] {
        let range = ObjectKeyRange(prefix: prefix, after: after)
        let limit = max(0, limit)
        return try await read { database in
            let bucket = try database.bucket(named: bucket)
            return try database.objectRows(in: range, limit: limit, of: bucket).map(\.info.summary)
        }
    }

    /// Where the bytes of an object lie, for people who want to play them, or `nil` if there is no object.
    ///
    /// The file is there until the object is replaced or deleted. Nobody may write to it.
    package func filePath(ofObjectAt key: String, in bucket: String) async throws -> String? {
        try await row(of: key, in: bucket).map { folder.path(of: $0.body, in: $0.bucket) }
    }
}

extension EmbeddedObjectStore {
    /// Asks for a bucket once: this process owns the folder, and no bucket is ever removed.
    private func existingBucket(_ name: String) async throws -> BucketName {
        if let known = knownBuckets.withLock({ $0[name] }) { return known }
        let bucket = try await read { try $0.bucket(named: name) }
        knownBuckets.withLock { $0[name] = bucket }
        return bucket
    }

    private func row(of key: String, in bucket: String) async throws -> ObjectRow? {
        let key = try ObjectKey(key)
        return try await read { try $0.objectRow(of: key, in: $0.bucket(named: bucket)) }
    }

    /// A part of a row's body, or `nil` where its file is gone.
    private func bytes(_ range: Range<Int>, of row: ObjectRow) async throws -> [UInt8]? {
        try await onDisk { folder in
            do {
                return try folder.read(range, of: row.body, in: row.bucket, size: row.info.bytes)
            } catch let error as FileError where error.isMissing {
                return nil
            }
        }
    }

    /// Removes a body that no row refers to any more.
    ///
    /// Where that fails, a later opening removes it.
    private func discard(_ body: BodyName, in bucket: BucketName) async {
        _ = try? await onDisk { try $0.remove(body, in: bucket) }
    }

    private static func lost(_ row: ObjectRow, at path: String) -> ObjectError {
        .unavailable(reason: "the file of \(row.info.key.debugDescription) is gone: \(path).")
    }

    private static func etag(of bytes: [UInt8]) -> String {
        Hexadecimal.text(Insecure.MD5.hash(data: bytes))
    }
}

/// The three ways out of this store, each of which says what failed as an `ObjectError`.
extension EmbeddedObjectStore {
    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do { return try await storage.read(body) } catch { throw Self.named(error) }
    }

    private func commit<Value: Sendable>(
        _ work: @escaping @Sendable (WriteConnection) throws -> Value
    ) async throws -> Value {
        do { return try await storage.writer.run(.durable, work) } catch { throw Self.named(error) }
    }

    private func onDisk<Value: Sendable>(
        _ work: @escaping @Sendable (BodyFolder) throws -> Value
    ) async throws -> Value {
        do { return try await threads.run { [folder] in try work(folder) } } catch { throw Self.named(error) }
    }

    private static func named(_ error: any Error) -> any Error {
        switch error {
        case is ObjectError, is CancellationError: error
        default: ObjectError.unavailable(reason: "\(error)")
        }
    }
}
