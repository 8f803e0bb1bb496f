/// A place where credentials may be found.
protocol CredentialsSource: Sendable {
    /// For messages: `the environment`, `the profile default`.
    var name: String { get }

    /// - Returns: `nil` where nothing of the kind is configured.
    /// - Throws: ``ServiceError`` where it is configured and does not work.
    func credentials() async throws -> AccessCredentials?
}
