import GRDB
import GRDBSQLite

/// SQLite could not do its work: a full disk, a broken file.
package struct SQLiteFailure: Error, Hashable, CustomStringConvertible {
    package let code: Int32
    package let message: String

    package init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    /// The failure that a connection reports last.
    init(of connection: OpaquePointer?) {
        self.init(code: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)))
    }

    init(_ error: DatabaseError) {
        self.init(
            code: error.extendedResultCode.rawValue, message: error.message ?? error.extendedResultCode.description)
    }

    static let closed = SQLiteFailure(code: SQLITE_MISUSE, message: "the data folder is closed")

    package var description: String { "The database failed: \(message) (SQLite code \(code))." }
}
