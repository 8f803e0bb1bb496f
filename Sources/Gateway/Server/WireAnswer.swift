import HTTPTypes

/// An answer before it is sent.
struct WireAnswer: Sendable {
    var status: HTTPResponse.Status = .ok
    var headers: HTTPFields = [:]
    var body: [UInt8] = []
}
