/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
struct EnvironmentCredentials: CredentialsSource {
    let environment: Environment

    let name = "the environment"

    init(_ environment: Environment) { self.environment = environment }

    func credentials() async throws -> AccessCredentials? {
        switch (environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]) {
        case (nil, nil): return nil
        case (let id?, let secret?):
            return AccessCredentials(keyID: id, secret: secret, sessionToken: environment["AWS_SESSION_TOKEN"])
        default:
            throw ServiceError.badConfiguration(
                "Of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set; set both, or none.")
        }
    }
}
