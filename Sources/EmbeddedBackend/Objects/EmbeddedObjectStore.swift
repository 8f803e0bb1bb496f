import Crypto
import GRDB
package import Objects
import SpeakModel
import Synchronization

/// Objects in a data folder: what is known of them in SQLite, their bytes in one file each, or in one a part; small bodies
/// in the row itself, which shares its visit to the disk with others, where a file would have two of its own.
///
/// A body's file never changes. A put writes a new one, syncs it and its name, and only then commits the row that refers
/// to it; the file it replaces is removed last. So a crash leaves at worst a file that no row refers to, and the next
/// opening removes it (``sweep(_:_:maximumBodies:)``). Readers are never in the way of writers.
package final class EmbeddedObjectStore: ObjectStore {
    /// What a body may have to be kept in its row: the speech marks of a sentence have less.
    static let mostBytesInRow = 4096

    /// Sound, however short, is a file that people can play.
    static func needsFile(_ contentType: String) -> Bool { contentType.hasPrefix("audio/") }

    let storage: Storage
    let folder: BodyFolder
    let threads = FileThreads()
    let pins = Pins()
    private let known: Catalogue<BucketName>
    private let knownSettings: Catalogue<Bucket>

    /// Opens the objects of a data folder that this process owns, and sweeps it.
    ///
    /// - Throws: ``DataFolderError/unreadable(path:reason:)``.
    init(storage: Storage, dataFolder path: String) throws(DataFolderError) {
        self.storage = storage
        known = Catalogue { name in try await storage.read { try $0.bucket(named: name) } }
        knownSettings = Catalogue { name in
            let bucket = try await storage.read { database in
                try database.buckets().first { $0.name.description == name }
            }
            guard let bucket else { throw ObjectError.noSuchBucket(name) }
            return bucket
        }
        do {
            folder = try BodyFolder(inDataFolder: path)
            try Self.sweep(folder, storage)
        } catch {
            throw .unreadable(path: path + "/objects", reason: "\(error)")
        }
    }

    package func createBucket(_ name: String) async throws { try await createBucket(name, settings: [:]) }

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
        let files = zip(bodies, objects).filter { !$1.fitsIntoRow }.map { (name: $0, bytes: $1.bytes) }
        if !files.isEmpty { try await onDisk { try $0.write(files, in: bucket) } }
        let now = storage.now()
        let rows = objects.indices.map { index in
            let object = objects[index]
            let info = ObjectInfo(
                key: object.key, bytes: object.bytes.count, contentType: object.contentType, metadata: object.metadata,
                etag: Self.etag(of: object.bytes), modifiedAt: now)
            return ObjectRow(
                bucket: bucket, info: info, body: bodies[index],
                bytes: object.fitsIntoRow ? object.bytes : nil)
        }
        // Where the commit fails the bodies stay: some failures leave it open whether the rows are on the disk.
        let replaced = try await commit { connection in try rows.compactMap { try connection.put($0) } }
        await discard(replaced)
        return rows.map(\.info)
    }

    package func get(_ key: String, in bucket: String, range: Range<Int>?) async throws -> StoredObject {
        guard let object = try await open(key, in: bucket) else { throw ObjectError.noSuchObject(key) }
        let range = try ByteRange.cut(range, toSize: object.info.bytes)
        let body = try await object.read(range) { fill in
            try [UInt8](unsafeUninitializedCapacity: range.count) { memory, count in
                try fill(UnsafeMutableRawBufferPointer(memory))
                count = range.count
            }
        }
        return StoredObject(info: object.info, body: body)
    }

    package func head(_ key: String, in bucket: String) async throws -> ObjectInfo? {
        try await row(of: key, in: bucket)?.info
    }

    package func delete(_ key: String, in bucket: String) async throws {
        try await delete(key, in: bucket, if: nil)
    }

    package func list(prefix: String, after: String?, limit: Int, in bucket: String) async throws -> [ObjectSummary] {
        try await list(in: ObjectKeyRange(prefix: prefix, after: after), limit: limit, of: bucket).map(\.summary)
    }

    /// Where the bytes of an object lie, for people who want to play them, or `nil` if there is no object, or not one
    /// file of it.
    ///
    /// The file is there until the object is replaced or deleted. Nobody may write to it.
    package func filePath(ofObjectAt key: String, in bucket: String) async throws -> String? {
        guard let row = try await row(of: key, in: bucket), row.upload == nil, row.bytes == nil else { return nil }
        return folder.path(of: row.body, in: row.bucket)
    }
}

extension EmbeddedObjectStore {
    /// A bucket that was there a moment ago; commits look again.
    func existingBucket(_ name: String) async throws -> BucketName {
        do { return try await known.entry(name) } catch { throw Self.named(error) }
    }

    /// A bucket with its settings.
    func settledBucket(_ name: String) async throws -> Bucket {
        do { return try await knownSettings.entry(name) } catch { throw Self.named(error) }
    }

    func bucketsHaveChanged() {
        known.changed()
        knownSettings.changed()
    }

    func row(of key: String, in bucket: String) async throws -> ObjectRow? {
        let key = try ObjectKey(key)
        let bucket = try await existingBucket(bucket)
        return try row(of: key, in: bucket)
    }

    func row(of key: ObjectKey, in bucket: BucketName) throws -> ObjectRow? {
        do { return try storage.readHere { try $0.objectRow(of: key, in: bucket) } } catch { throw Self.named(error) }
    }

    /// Removes bodies that no row refers to any more, once nobody reads them.
    func discard(_ removed: [RemovedBody]) async {
        for body in removed where !body.bodies.isEmpty {
            let removal: @Sendable () -> Void = { [folder] in
                // What stays is removed by a later opening.
                for name in body.bodies { try? folder.remove(name, in: body.bucket) }
            }
            if let upload = body.upload, pins.afterReaders(of: upload, removal) { continue }
            // The removal itself throws nothing.
            _ = try? await threads.run(removal)
        }
    }

    static func lost(_ row: ObjectRow, at path: String) -> ObjectError {
        .unavailable(reason: "the file of \(row.info.key.debugDescription) is gone: \(path).")
    }

    static func etag(of bytes: [UInt8]) -> String {
        Hexadecimal.text(Insecure.MD5.hash(data: bytes))
    }
}

/// The three ways out of this store, each of which says what failed as an `ObjectError`.
extension EmbeddedObjectStore {
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do { return try await storage.read(body) } catch { throw Self.named(error) }
    }

    func commit<Value: Sendable>(
        _ work: @escaping @Sendable (WriteConnection) throws -> Value
    ) async throws -> Value {
        do { return try await storage.writer.run(.durable, work) } catch { throw Self.named(error) }
    }

    func onDisk<Value: Sendable>(
        _ work: @escaping @Sendable (BodyFolder) throws -> Value
    ) async throws -> Value {
        do { return try await threads.run { [folder] in try work(folder) } } catch { throw Self.named(error) }
    }

    static func named(_ error: any Error) -> any Error {
        switch error {
        case is ObjectError, is CancellationError: error
        default: ObjectError.unavailable(reason: "\(error)")
        }
    }
}

extension NewObject {
    fileprivate var fitsIntoRow: Bool {
        bytes.count <= EmbeddedObjectStore.mostBytesInRow && !EmbeddedObjectStore.needsFile(contentType)
    }
}
