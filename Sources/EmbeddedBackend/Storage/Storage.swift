import Dispatch
import Foundation
package import GRDB
package import SpeakModel

/// The SQLite file: one writer that commits for many callers, and readers beside it.
package final class Storage: Sendable {
    package let writer: Writer
    package let now: @Sendable () -> Timestamp
    private let pool: DatabasePool
    private let readers: Readers

    /// - Throws: ``DataFolderError``.
    init(path: String, now: @escaping @Sendable () -> Timestamp) throws {
        self.now = now
        pool = try Self.openPool(path)
        writer = Writer(pool)
        readers = Readers(path: path)
    }

    /// Reads what every write left that returned before this call, off the tasks' threads.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch let error as DatabaseError {
            throw SQLiteFailure(error)
        }
    }

    /// Reads a little at once, on the thread that asks.
    func readHere<Value>(_ body: (ReadConnection) throws -> Value) throws -> Value { try readers.read(body) }

    /// Reads what may take a while, off the tasks' threads.
    func readElsewhere<Value: Sendable>(
        _ body: @escaping @Sendable (ReadConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { caller in
            DispatchQueue.global().async { caller.resume(with: Result { try self.readHere(body) }) }
        }
    }

    /// Reads at once, on the thread that asks: for work at the opening.
    func readNow<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.read(body) }

    /// Ends every lease: the receivers are dead.
    func releaseLeases() throws {
        let now = now().milliseconds
        try pool.write { try Schema.releaseLeases($0, now: now) }
    }

    /// Waits for the writes before it.
    ///
    /// Later ones are refused.
    func close() throws {
        writer.close()
        readers.close()
        try pool.close()
    }

    private static func openPool(_ path: String) throws -> DatabasePool {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            try prepareWriter(pool)
            guard chmod(path, 0o600) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            if try pool.read({ try Schema.migrator.hasBeenSuperseded($0) }) { throw DataFolderError.tooNew(path: path) }
            try Schema.migrator.migrate(pool)
            return pool
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw DataFolderError.notADatabase(path: path)
        } catch let error as DatabaseError {
            throw DataFolderError.unreadable(path: path, reason: error.message ?? "\(error.resultCode)")
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "speaktracker"
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // Debian compiles SQLite to overwrite what is deleted; that is work for nothing here.
            try database.execute(sql: "PRAGMA secure_delete = OFF")
            try database.execute(sql: "PRAGMA cache_size = -65536")
        }
        return configuration
    }

    /// GRDB sets `synchronous` to NORMAL when it turns WAL on, so FULL comes after the opening.
    private static func prepareWriter(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // Sixteen megabytes: a checkpoint syncs twice, so it should be rare beside commits.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
        }
    }
}
