package import HTTPTypes

/// An answer before it is sent.
package struct WireAnswer: Sendable {
    package internal(set) var status: HTTPResponse.Status = .ok
    package internal(set) var headers: HTTPFields = [:]
    package internal(set) var body: [UInt8] = []
    /// What it answers.
    var operation = OperationLabel()
}
