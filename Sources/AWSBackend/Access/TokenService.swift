import Signing
import SpeakModel
import XML

/// STS: credentials of a role for whoever may take it on.
///
/// Source: AWS Security Token Service API Reference.
struct TokenService: Sendable {
    let client: ServiceClient

    private static let version = "2011-06-15"

    /// Takes on a role by a token of another identity provider; nothing is signed.
    func assumeRole(_ role: String, session: String, webIdentityToken: String) async throws -> AccessCredentials {
        try await credentials(
            "AssumeRoleWithWebIdentity",
            [("RoleArn", role), ("RoleSessionName", session), ("WebIdentityToken", webIdentityToken)])
    }

    /// Takes on a role by the client's own credentials.
    func assumeRole(_ role: String, session: String, externalID: String?) async throws -> AccessCredentials {
        var parameters = [("RoleArn", role), ("RoleSessionName", session)]
        if let externalID { parameters.append(("ExternalId", externalID)) }
        return try await credentials("AssumeRole", parameters)
    }

    private func credentials(_ action: String, _ parameters: [(String, String)]) async throws -> AccessCredentials {
        let form = ([("Action", action), ("Version", Self.version)] + parameters)
            .map { "\($0.0)=\(PercentEncoding.encoded($0.1))" }.joined(separator: "&")
        let request = ServiceRequest(
            "POST", headers: [("Content-Type", "application/x-www-form-urlencoded")], body: Array(form.utf8))
        let answer = try await client.send(ServiceCall(.sts, action, request, isRepeatable: true))
        // Whatever is wrong with the answer, it has no credentials.
        guard let found = try? XMLElement(parsing: answer.body)["\(action)Result"]?["Credentials"],
            let id = found.text("AccessKeyId"), let secret = found.text("SecretAccessKey")
        else { throw ServiceError.unreadable(service: Service.sts.name, reason: "it has no credentials.") }
        return AccessCredentials(
            keyID: id, secret: secret, sessionToken: found.text("SessionToken"),
            expiresAt: found.text("Expiration").flatMap(Timestamp.init(iso8601:)))
    }
}

/// What a role is taken on by: `AWS_ROLE_ARN` and the file of a token, in the environment or in a profile.
struct WebIdentityCredentials: CredentialsSource {
    let role: String
    let session: String?
    let tokenFile: String
    let tokens: @Sendable () -> TokenService

    let name = "the web identity"

    /// - Returns: `nil` where the environment says nothing of it.
    init?(_ environment: Environment, tokens: @escaping @Sendable () -> TokenService) throws {
        guard let file = environment["AWS_WEB_IDENTITY_TOKEN_FILE"] else { return nil }
        guard let role = environment["AWS_ROLE_ARN"] else {
            throw ServiceError.badConfiguration("AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not.")
        }
        self.init(role: role, session: environment["AWS_ROLE_SESSION_NAME"], tokenFile: file, tokens: tokens)
    }

    init(role: String, session: String?, tokenFile: String, tokens: @escaping @Sendable () -> TokenService) {
        self.role = role
        self.session = session
        self.tokenFile = tokenFile
        self.tokens = tokens
    }

    /// The file is read each time: its token is replaced before it ends.
    func credentials() async throws -> AccessCredentials? {
        try await tokens().assumeRole(
            role, session: session ?? "speaktracker",
            webIdentityToken: SecretFile.text(tokenFile, "The web identity"))
    }
}
