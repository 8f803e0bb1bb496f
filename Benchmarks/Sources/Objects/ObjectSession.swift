import Foundation

/// One caller's HTTP connection to a server of objects, unsigned.
struct ObjectSession {
    private let connection: Connection

    init(port: UInt16) throws { connection = try Connection(port: port) }

    func get(_ path: String) throws -> Int { try answer(to: "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") }

    func put(_ path: String, _ body: [UInt8]) throws {
        try connection.send("PUT \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(body.count)\r\n\r\n")
        try connection.send(body)
        _ = try answer(to: "")
    }

    /// - Returns: How many bytes the answer's body has.
    private func answer(to request: String) throws -> Int {
        try connection.send(request)
        let status = try connection.line()
        var length = 0
        while case let header = try connection.line(), !header.isEmpty {
            let parts = header.lowercased().split(separator: ":", maxSplits: 1)
            if parts[0] == "content-length" { length = Int(parts[1].trimmingCharacters(in: .whitespaces)) ?? 0 }
        }
        try connection.skip(length)
        guard status.hasPrefix("HTTP/1.1 2") else { throw BenchmarkError("the server answers \(status)") }
        return length
    }
}
