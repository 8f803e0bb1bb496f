import Foundation

/// One caller's HTTP connection, opened again where the server closes it after an answer.
///
/// Requests carry a signature that nobody checks here: some servers route by it.
final class HTTPSession {
    private let port: UInt16
    private let service: Service
    private var connection: Connection?

    /// What requests are for: what stands before the operation's name, and in the signature.
    enum Service: String {
        case sqs = "AmazonSQS."
        case dynamodb = "DynamoDB_20120810."
    }

    init(port: UInt16, for service: Service = .sqs) throws {
        self.port = port
        self.service = service
        connection = try Connection(port: port)
    }

    func call(_ operation: String, _ body: String) throws -> String {
        try begin(operation, body)
        return try end()
    }

    func begin(_ operation: String, _ body: String) throws {
        let connection = try self.connection ?? Connection(port: port)
        self.connection = connection
        try connection.send(
            """
            POST / HTTP/1.1\r
            Host: 127.0.0.1\r
            X-Amz-Target: \(service.rawValue)\(operation)\r
            Content-Type: application/x-amz-json-1.0\r
            Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/\(service)/aws4_request, SignedHeaders=host, Signature=0\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """)
    }

    /// Waits for the answer to what was begun.
    func end() throws -> String {
        guard let connection else { throw BenchmarkError("nothing was asked") }
        let status = try connection.line()
        var length = 0
        while case let header = try connection.line(), !header.isEmpty {
            let parts = header.lowercased().split(separator: ":", maxSplits: 1)
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            if parts[0] == "content-length" { length = Int(value) ?? 0 }
            if parts[0] == "connection", value == "close" { self.connection = nil }
        }
        let body = try connection.bytes(length)
        guard status.hasPrefix("HTTP/1.1 200") else { throw BenchmarkError("the server answers \(status) \(body)") }
        return body
    }
}
