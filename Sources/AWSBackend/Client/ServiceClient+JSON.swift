import JSON

/// AWS JSON 1.0, which SQS and DynamoDB speak.
extension ServiceClient {
    /// - Parameters:
    ///   - target: The operation, with its service's prefix: `AmazonSQS.SendMessage`.
    ///   - isRepeatable: Whether doing it twice leaves what doing it once leaves.
    func json(
        _ service: Service, _ target: String, _ input: JSONValue, isRepeatable: Bool,
        timeout: Duration = ServiceCall.usualTimeout
    ) async throws -> JSONValue {
        let request = ServiceRequest(
            "POST", headers: [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", target)],
            body: input.utf8)
        let operation = String(target[(target.lastIndex(of: ".").map(target.index(after:)) ?? target.startIndex)...])
        let answer = try await send(
            ServiceCall(service, operation, request, isRepeatable: isRepeatable, timeout: timeout))
        if answer.body.isEmpty { return [:] }
        do { return try JSONValue(parsing: answer.body) } catch {
            throw ServiceError.unreadable(service: service.name, reason: error.description)
        }
    }
}
