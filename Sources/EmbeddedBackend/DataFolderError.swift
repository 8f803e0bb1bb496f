/// Why a data folder cannot be opened.
package enum DataFolderError: Error, Hashable {
    /// A running process owns it, and may serve it. Its id is `nil` if it could not be read.
    case owned(pid: Int32?, endpoint: String?, path: String)
    /// It cannot be created, or files in it cannot be written.
    case notWritable(path: String, reason: String)
    /// Its file is something else than our database.
    case notADatabase(path: String)
    /// A later version of this program has changed it.
    case tooNew(path: String)
    case unreadable(path: String, reason: String)
}

extension DataFolderError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .owned(let pid, let endpoint, let path):
            "The data folder \(path) is in use by process \(pid.map(String.init) ?? "unknown"); "
                + (endpoint.map { "say --endpoint \($0) in place of --data." } ?? "one process owns it at a time.")
        case .notWritable(let path, let reason): "The data folder \(path) cannot be written: \(reason)"
        case .notADatabase(let path): "\(path) is not a database of this program."
        case .tooNew(let path): "\(path) was written by a newer version of this program; use that version."
        case .unreadable(let path, let reason): "\(path) cannot be opened: \(reason)"
        }
    }
}
