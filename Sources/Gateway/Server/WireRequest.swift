import HTTPTypes
import NIOCore

/// A request that has arrived whole.
struct WireRequest: Sendable {
    let method: HTTPRequest.Method
    /// As it was sent: path and query, still percent-encoded.
    let target: String
    let authority: String
    let headers: HTTPFields
    let body: [UInt8]
    /// The connection that it came by.
    let channel: (any Channel)?

    var path: Substring { target.prefix { $0 != "?" } }

    var query: Substring { target[path.endIndex...].dropFirst() }

    /// Whether it was sent to a queue's URL: `/000000000000/NAME`.
    var isForQueue: Bool {
        let parts = path.split(separator: "/")
        return parts.count == 2 && parts[0].utf8.count == 12 && parts[0].allSatisfy(\.isWholeNumber)
    }

    /// The region of the signature's credential scope: `Credential=KEY/20260101/REGION/sqs/aws4_request`.
    var region: String {
        guard let credential = headers[.authorization]?.split(separator: "Credential=").dropFirst().first else {
            return Self.defaultRegion
        }
        let parts = credential.prefix { $0 != "," }.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 5 && !parts[2].isEmpty ? String(parts[2]) : Self.defaultRegion
    }

    private static let defaultRegion = "us-east-1"
}

extension HTTPField.Name {
    static let amzTarget = Self("X-Amz-Target") ?? .contentType
    static let amznRequestID = Self("x-amzn-RequestId") ?? .contentType
    static let amznTraceID = Self("X-Amzn-Trace-Id") ?? .contentType
    static let amznQueryError = Self("x-amzn-query-error") ?? .contentType
}
