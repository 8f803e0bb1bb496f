import Foundation
import GRDB
import Queueing
package import SpeakModel

/// One data folder, owned by this process until it is closed: queues, documents and objects.
///
///     DIR/speaktracker.sqlite   queues, documents, and what is known of objects
///     DIR/objects/              bodies of objects
///     DIR/owner.lock            held by the owner; its process id is inside, and its address if it serves
package final class DataFolder: Sendable {
    package let path: String
    package let queues: EmbeddedQueueService
    package let documents: EmbeddedDocumentStore
    package let objects: EmbeddedObjectStore
    /// The database below the stores: one writer for all of them, many readers.
    package let storage: Storage
    private let lock: OwnerLock

    private init(
        path: String, lock: OwnerLock, storage: Storage, inFlightLimit: Int
    ) throws(DataFolderError) {
        self.path = path
        self.lock = lock
        self.storage = storage
        queues = EmbeddedQueueService(storage: storage, inFlightLimit: inFlightLimit)
        documents = EmbeddedDocumentStore(storage: storage)
        objects = try EmbeddedObjectStore(storage: storage, dataFolder: path)
    }

    /// Opens a data folder, creating or migrating it where needed.
    ///
    /// - Parameters:
    ///   - releasingLeases: Ends every lease at once. Right where all receivers lived in the process that owned the
    ///     folder before: they are dead now.
    ///   - inFlightLimit: How many messages of a queue may be leased at once; tests take fewer.
    ///   - now: The time; tests inject their own.
    /// - Throws: ``DataFolderError``.
    package static func open(
        _ path: String, releasingLeases: Bool = false, inFlightLimit: Int = QueueLimits.maximumInFlight,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) throws -> DataFolder {
        try makeFolders(path)
        let lock = try OwnerLock(path: path + "/owner.lock")
        let storage = try Storage(path: path + "/speaktracker.sqlite", now: now)
        if releasingLeases { try storage.releaseLeases() }
        return try DataFolder(path: path, lock: lock, storage: storage, inFlightLimit: inFlightLimit)
    }

    /// Ends waiting receives, finishes the writes that wait, and gives the folder up.
    ///
    /// Later calls fail.
    package func close() throws {
        queues.close()
        documents.close()
        try storage.close()
        lock.release()
    }

    /// Tells whoever finds the folder in use where this process serves it.
    package func note(endpoint: String) { lock.note(endpoint: endpoint) }

    /// Looks at the time again: for tests that turn the clock.
    package func timeHasMoved() { queues.timeHasMoved() }

    private static func makeFolders(_ path: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
            throw DataFolderError.notWritable(path: path, reason: "It is a file.")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/objects", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DataFolderError.notWritable(path: path, reason: error.localizedDescription)
        }
    }
}
