package import GRDB
import GRDBSQLite

/// The writer's connection, as the work that runs on it sees it.
///
/// `@unchecked Sendable`: it lives on the queue of GRDB's writer and never leaves it. The work borrows it for one call,
/// and GRDB traps when its database is used on another queue.
package final class WriteConnection: @unchecked Sendable {
    /// For statements that are rare: GRDB's convenience.
    package let database: Database
    private let handle: OpaquePointer
    private var statements: [UInt: PreparedStatement] = [:]
    /// The queues' rows as they were read last; whoever writes one forgets them.
    var knownQueues: [String: QueueRecord] = [:]
    /// The documents' tables as they were read last; whoever changes one forgets them.
    var knownTables: [String: DocumentTable] = [:]
    /// At most how many messages of a queue are leased, by its id.
    var leasesMade: [Int64: Int] = [:]
    var attempts: [AttemptName: Attempt] = [:]
    /// The group of a standard queue that a receive looked at last, by the queue's id.
    var lastGroups: [Int64: String] = [:]

    init(_ database: Database) throws(SQLiteFailure) {
        guard let handle = database.sqliteConnection else {
            throw SQLiteFailure(code: SQLITE_MISUSE, message: "the connection is closed")
        }
        self.database = database
        self.handle = handle
    }

    /// The compiled form of a statement, kept for the next time.
    package func statement(_ sql: StaticString) throws(SQLiteFailure) -> PreparedStatement {
        // A literal's address never changes, and hashing it costs less than hashing the text.
        let address = UInt(bitPattern: sql.utf8Start)
        if let statement = statements[address] { return statement }
        let statement = try PreparedStatement("\(sql)", on: handle)
        statements[address] = statement
        return statement
    }

    package func run(_ sql: StaticString) throws(SQLiteFailure) { try statement(sql).run() }

    package var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Whether a transaction is open.
    ///
    /// Some failures, a full disk among them, end the transaction they happen in.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    var lastFailure: SQLiteFailure { SQLiteFailure(of: handle) }

    /// Ends what a failed piece of work has left half read, and forgets what it may have read of its own writes.
    func resetAfterFailure() {
        knownQueues = [:]
        knownTables = [:]
        for statement in statements.values { statement.reset() }
    }

    /// Chooses whether the following commits wait for the disk.
    ///
    /// SQLite changes this while it compiles the statement, so a compiled one would do nothing the second time.
    func setSynced(_ isSynced: Bool) throws(SQLiteFailure) {
        let sql = isSynced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw lastFailure }
    }
}
