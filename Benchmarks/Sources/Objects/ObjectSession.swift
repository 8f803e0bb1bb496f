import Foundation

/// One caller's HTTP connection to a server of objects, opened again where the server closes it after an answer.
///
/// Requests carry a signature that nobody checks here: moto_server refuses those without one.
final class ObjectSession {
    private let port: UInt16
    private var connection: Connection?

    init(port: UInt16) throws {
        self.port = port
        connection = try Connection(port: port)
    }

    /// - Returns: How many bytes the object has.
    func get(_ path: String) throws -> Int { try ask("GET", path, []) }

    func put(_ path: String, _ body: [UInt8]) throws { _ = try ask("PUT", path, body) }

    private func ask(_ method: String, _ path: String, _ body: [UInt8]) throws -> Int {
        let connection = try self.connection ?? Connection(port: port)
        self.connection = connection
        let length = body.isEmpty && method == "GET" ? "" : "Content-Length: \(body.count)\r\n"
        try connection.send(
            """
            \(method) \(path) HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r
            \(length)\r

            """)
        if !body.isEmpty { try connection.send(body) }
        let status = try connection.line()
        var count = 0
        while case let header = try connection.line(), !header.isEmpty {
            let parts = header.lowercased().split(separator: ":", maxSplits: 1)
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            if parts[0] == "content-length" { count = Int(value) ?? 0 }
            if parts[0] == "connection", value == "close" { self.connection = nil }
        }
        try connection.skip(count)
        guard status.hasPrefix("HTTP/1.1 2") else { throw BenchmarkError("the server answers \(status)") }
        return count
    }
}
