/// Several places, of which the first that has credentials is taken.
struct CredentialsChain: CredentialsSource {
    let sources: [any CredentialsSource]

    var name: String { sources.map(\.name).joined(separator: ", ") }

    func credentials() async throws -> AccessCredentials? {
        for source in sources {
            if let found = try await source.credentials() { return found }
        }
        return nil
    }
}

/// Credentials that are known already.
struct FixedCredentials: CredentialsSource {
    let name: String
    let value: AccessCredentials

    func credentials() async throws -> AccessCredentials? { value }
}
