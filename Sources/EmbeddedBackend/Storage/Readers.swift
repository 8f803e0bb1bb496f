import Synchronization

/// Connections that read beside the writer, on the thread that asks.
///
/// A small read costs less than going to another thread and back. It waits for the disk where a page is neither in
/// SQLite's cache nor in the system's, and keeps its thread waiting meanwhile: long reads belong on another
/// (``Storage/readElsewhere(_:)``). As reading never suspends, there are never more connections than threads that read.
final class Readers: Sendable {
    private let path: String
    private let idle = Mutex<State>(State())

    /// `@unchecked Sendable`: whoever takes a connection out has it alone.
    private struct State: @unchecked Sendable {
        var connections: [ReadConnection] = []
        var isClosed = false
    }

    init(path: String) { self.path = path }

    /// Reads what every write left that returned before this call.
    func read<Value>(_ body: (ReadConnection) throws -> Value) throws -> Value {
        let connection = try take()
        defer {
            connection.resetAll()
            giveBack(connection)
        }
        return try body(connection)
    }

    private func take() throws -> ReadConnection {
        nonisolated(unsafe) var taken: ReadConnection?
        let isClosed = idle.withLock { state in
            taken = state.connections.popLast()
            return state.isClosed
        }
        if isClosed { throw SQLiteFailure.closed }
        return try taken ?? ReadConnection(path: path)
    }

    private func giveBack(_ connection: ReadConnection) {
        nonisolated(unsafe) let connection = connection
        idle.withLock { state in
            if !state.isClosed { state.connections.append(connection) }
        }
    }

    /// Lets the connections go; those in use when they come back.
    func close() {
        idle.withLock { state in
            state.isClosed = true
            state.connections = []
        }
    }
}
