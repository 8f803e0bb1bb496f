import Foundation
package import HTTPTypes
package import NIOCore

/// A request that has arrived whole.
package struct WireRequest: Sendable {
    let method: HTTPRequest.Method
    /// As it was sent: path and query, still percent-encoded.
    let target: String
    let authority: String
    let headers: HTTPFields
    let body: [UInt8]
    /// The connection that it came by.
    let channel: (any Channel)?

    package init(
        method: HTTPRequest.Method, target: String, authority: String, headers: HTTPFields, body: [UInt8],
        channel: (any Channel)?
    ) {
        self.method = method
        self.target = target
        self.authority = authority
        self.headers = headers
        self.body = body
        self.channel = channel
    }

    var path: Substring { target[..<(target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex)] }

    var query: Substring { target[path.endIndex...].dropFirst() }

    /// Whether it was sent to a queue's URL: `/000000000000/NAME`.
    var isForQueue: Bool {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"))
        return parts.count == 2 && parts[0].count == 12 && parts[0].allSatisfy { (0x30...0x39).contains($0) }
    }

    /// What the signature's credential says: `[KEY, 20260101, REGION, SERVICE, aws4_request]`; `nil` where the headers have
    /// no signature.
    var credential: [Substring]? {
        guard let header = headers[.authorization] else { return nil }
        let fields = header.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }
        guard let field = fields.first(where: { $0.starts(with: Self.credentialName) }) else { return nil }
        return field.dropFirst(Self.credentialName.count)
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    private static let credentialName = "Credential=".utf8

    /// The region that a request is signed for.
    var region: String {
        guard let credential, credential.count == 5, !credential[2].isEmpty else { return Self.defaultRegion }
        return String(credential[2])
    }

    private static let defaultRegion = "us-east-1"
}

extension HTTPField.Name {
    static let amzTarget = Self("X-Amz-Target") ?? .contentType
    static let amznRequestID = Self("x-amzn-RequestId") ?? .contentType
    static let amznTraceID = Self("X-Amzn-Trace-Id") ?? .contentType
    static let amznQueryError = Self("x-amzn-query-error") ?? .contentType
}
