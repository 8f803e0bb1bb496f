/// A request with what its sender must know of it.
struct ServiceCall: Sendable {
    let service: Service
    /// As the service names it: `ReceiveMessage`.
    let operation: String
    var request: ServiceRequest
    /// Whether doing it twice leaves what doing it once leaves.
    var isRepeatable: Bool
    /// For one attempt.
    var timeout = Self.usualTimeout
    /// What stands before the endpoint's host: a bucket's name.
    var hostPrefix: String?

    static let usualTimeout = Duration.seconds(15)

    init(
        _ service: Service, _ operation: String, _ request: ServiceRequest, isRepeatable: Bool,
        timeout: Duration = Self.usualTimeout
    ) {
        self.service = service
        self.operation = operation
        self.request = request
        self.isRepeatable = isRepeatable
        self.timeout = timeout
    }
}
