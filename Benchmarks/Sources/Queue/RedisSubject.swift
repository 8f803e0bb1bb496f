/// redis with an append-only file that is synced before every answer.
///
/// The reliable queue of its documentation: LPUSH, LMOVE to a list of what is in work, LREM from there. It has no
/// leases: a worker that dies keeps its message.
struct RedisSubject: QueueSubject {
    let server: ServerProcess

    static func start(in path: String, countingSyncs: Bool) throws -> RedisSubject {
        let server = try ServerProcess("redis-server", countingSyncsIn: countingSyncs ? path : nil) { port in
            [
                "--bind", "127.0.0.1", "--port", "\(port)", "--dir", path, "--save", "", "--appendonly", "yes",
                "--appendfsync", "always",
            ]
        }
        return RedisSubject(server: server)
    }

    func run(_ load: QueueLoad, rounds: Int, callers: Int) async throws {
        try await onThreads(callers) { [port = server.port] caller in
            let connection = try Connection(port: port)
            for round in 0..<share(of: rounds, caller: caller, callers: callers) {
                if load != .receiveAndDelete {
                    _ = try command(connection, "LPUSH", "jobs", Payload.body(round, caller: caller))
                }
                if load != .send { try moveAndRemove(connection, caller: caller) }
            }
        }
    }

    private func moveAndRemove(_ connection: Connection, caller: Int) throws {
        let working = "working-\(caller)"
        guard let body = try command(connection, "LMOVE", "jobs", working, "RIGHT", "LEFT") else {
            throw BenchmarkError("redis has no message")
        }
        guard try command(connection, "LREM", working, "1", body) == "1" else {
            throw BenchmarkError("redis removes nothing")
        }
    }

    /// - Returns: The bulk string or the number answered; `nil` for nothing.
    private func command(_ connection: Connection, _ parts: String...) throws -> String? {
        try connection.send("*\(parts.count)\r\n" + parts.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined())
        let answer = try connection.line()
        switch answer.first {
        case ":": return String(answer.dropFirst())
        case "$": return try Int(answer.dropFirst()).flatMap { $0 < 0 ? nil : try connection.data($0) }
        default: throw BenchmarkError("redis answers \(answer)")
        }
    }

    func syncs() throws -> Int? { try server.syncs() }

    func stop() throws { try server.stop() }
}
