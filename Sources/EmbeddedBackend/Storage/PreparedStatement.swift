import GRDBSQLite

/// A statement compiled once, for hot paths.
///
/// It owns the SQLite object.
///
///     try statement.bind(queue, at: 1).bind(now, at: 2)
///     while try statement.step() { … statement.integer(0) … }
///
/// Parameters count from 1 and columns from 0, as in SQLite. A statement that is stepped to its end is reset by itself;
/// one that is left earlier must be ``reset()``.
package final class PreparedStatement {
    private let statement: OpaquePointer
    private let connection: OpaquePointer

    init(_ sql: String, on connection: OpaquePointer) throws(SQLiteFailure) {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw SQLiteFailure(of: connection) }
        self.statement = statement
        self.connection = connection
    }

    deinit { sqlite3_finalize(statement) }

    @discardableResult
    package func bind(_ value: Int64?, at index: Int32) throws(SQLiteFailure) -> PreparedStatement {
        if let value {
            try check(sqlite3_bind_int64(statement, index, value))
        } else {
            try check(sqlite3_bind_null(statement, index))
        }
        return self
    }

    @discardableResult
    package func bind(_ text: String?, at index: Int32) throws(SQLiteFailure) -> PreparedStatement {
        guard let text else { return try bind(Int64?.none, at: index) }
        try check(sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), copied))
        return self
    }

    /// Binds bytes as a BLOB; no bytes are an empty BLOB, not NULL.
    @discardableResult
    package func bind(_ bytes: [UInt8], at index: Int32) throws(SQLiteFailure) -> PreparedStatement {
        let code = bytes.withUnsafeBytes { buffer in
            buffer.isEmpty
                ? sqlite3_bind_zeroblob(statement, index, 0)
                : sqlite3_bind_blob(statement, index, buffer.baseAddress, Int32(buffer.count), copied)
        }
        try check(code)
        return self
    }

    /// Goes to the next row.
    ///
    /// - Returns: `false` at the end.
    package func step() throws(SQLiteFailure) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(statement)
            return false
        default:
            let failure = SQLiteFailure(of: connection)
            sqlite3_reset(statement)
            throw failure
        }
    }

    /// Runs a statement that has no rows to show.
    ///
    /// - Returns: How many rows an INSERT, UPDATE or DELETE changed.
    @discardableResult
    package func run() throws(SQLiteFailure) -> Int {
        while try step() {}
        return Int(sqlite3_changes(connection))
    }

    /// Ends a reading before its last row.
    ///
    /// What is bound stays bound.
    package func reset() { sqlite3_reset(statement) }

    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    package func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    package func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    private func check(_ code: Int32) throws(SQLiteFailure) {
        if code != SQLITE_OK { throw SQLiteFailure(of: connection) }
    }
}

/// SQLITE_TRANSIENT, a macro that Swift does not see: SQLite makes its own copy.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
