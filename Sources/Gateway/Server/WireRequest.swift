import Foundation
package import HTTPTypes

/// A request that has arrived whole.
package struct WireRequest: Sendable {
    let method: HTTPRequest.Method
    /// As it was sent: path and query, still percent-encoded.
    let target: String
    let authority: String
    let headers: HTTPFields
    /// What the JSON protocol is asked for: `AmazonSQS.SendMessage`.
    let operationTarget: String?
    var body: [UInt8]
    /// Happens when the client goes before it has its answer, or the server stops; `nil` where nobody would tell.
    let hangUp: HangUp?

    package init(
        method: HTTPRequest.Method, target: String, authority: String, headers: HTTPFields, body: [UInt8]
    ) {
        self.init(method: method, target: target, authority: authority, headers: headers, body: body, hangUp: nil)
    }

    private init(
        method: HTTPRequest.Method, target: String, authority: String, headers: HTTPFields, body: [UInt8],
        hangUp: HangUp?
    ) {
        self.method = method
        self.target = target
        self.authority = authority
        self.headers = headers
        // Every request is asked for this; the subscript takes fields apart and joins them.
        operationTarget = headers.first { $0.name == .amzTarget }?.value
        self.body = body
        self.hangUp = hangUp
    }

    /// A request of which only the head has come.
    init(_ head: HTTPRequest, hangUp: HangUp? = nil) {
        self.init(
            method: head.method, target: head.path ?? "/", authority: head.authority ?? "localhost",
            headers: head.headerFields, body: [], hangUp: hangUp)
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
    fileprivate static let amzTarget = Self("X-Amz-Target") ?? .contentType
    static let amznRequestID = Self("x-amzn-RequestId") ?? .contentType
    static let amznTraceID = Self("X-Amzn-Trace-Id") ?? .contentType
    static let amznQueryError = Self("x-amzn-query-error") ?? .contentType
}
