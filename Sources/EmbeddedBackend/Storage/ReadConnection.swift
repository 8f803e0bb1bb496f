import GRDBSQLite

/// A connection that only reads.
///
/// One task has it at a time.
final class ReadConnection {
    private let handle: OpaquePointer
    private var statements: [String: PreparedStatement] = [:]

    init(path: String) throws(SQLiteFailure) {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            let failure = SQLiteFailure(of: handle)
            sqlite3_close_v2(handle)
            throw failure
        }
        self.handle = handle
        // The checkpoints' short locks are waited for; a cache of 8 MiB, for there may be many connections.
        sqlite3_busy_timeout(handle, 5000)
        try execute("PRAGMA query_only = 1; PRAGMA cache_size = -8192")
    }

    deinit {
        statements = [:]
        sqlite3_close_v2(handle)
    }

    /// The compiled form of a statement, kept for the next time.
    func statement(_ sql: String) throws(SQLiteFailure) -> PreparedStatement {
        if let statement = statements[sql] { return statement }
        let statement = try PreparedStatement(sql, on: handle)
        statements[sql] = statement
        return statement
    }

    /// Reads with several statements from one snapshot.
    ///
    /// A single statement has one by itself.
    func snapshot<Value>(_ body: () throws -> Value) throws -> Value {
        try execute("BEGIN")
        defer { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
        return try body()
    }

    /// Ends what was left half read: a statement that is not reset holds its snapshot.
    func resetAll() {
        for statement in statements.values { statement.reset() }
    }

    private func execute(_ sql: String) throws(SQLiteFailure) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw SQLiteFailure(of: handle) }
    }
}
