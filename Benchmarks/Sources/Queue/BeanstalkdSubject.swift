/// beanstalkd with a log that is synced at every write.
struct BeanstalkdSubject: QueueSubject {
    let server: ServerProcess

    static func start(in path: String, countingSyncs: Bool) throws -> BeanstalkdSubject {
        let server = try ServerProcess("beanstalkd", countingSyncsIn: countingSyncs ? path : nil) { port in
            ["-l", "127.0.0.1", "-p", "\(port)", "-b", path, "-f", "0"]
        }
        return BeanstalkdSubject(server: server)
    }

    func run(_ load: QueueLoad, rounds: Int, callers: Int) async throws {
        try await onThreads(callers) { [port = server.port] caller in
            let connection = try Connection(port: port)
            for round in 0..<share(of: rounds, caller: caller, callers: callers) {
                if load != .receiveAndDelete { try put(Payload.body(round, caller: caller), connection) }
                if load != .send { try reserveAndDelete(connection) }
            }
        }
    }

    private func put(_ body: String, _ connection: Connection) throws {
        try connection.send("put 0 0 60 \(body.utf8.count)\r\n\(body)\r\n")
        let answer = try connection.line()
        guard answer.hasPrefix("INSERTED") else { throw BenchmarkError("beanstalkd answers \(answer)") }
    }

    private func reserveAndDelete(_ connection: Connection) throws {
        try connection.send("reserve-with-timeout 0\r\n")
        let answer = try connection.line().split(separator: " ")
        guard answer.count == 3, answer[0] == "RESERVED", let count = Int(answer[2]) else {
            throw BenchmarkError("beanstalkd has no message: \(answer)")
        }
        _ = try connection.data(count)
        try connection.send("delete \(answer[1])\r\n")
        guard try connection.line() == "DELETED" else { throw BenchmarkError("beanstalkd deletes nothing") }
    }

    func syncs() throws -> Int? { try server.syncs() }

    func stop() throws { try server.stop() }
}
