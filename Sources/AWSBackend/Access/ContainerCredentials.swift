import Foundation

/// The credentials of an ECS task or an EKS pod.
///
/// Source: "Container credential provider" in the AWS SDKs and Tools Reference Guide.
struct ContainerCredentials: CredentialsSource {
    let environment: Environment
    let transport: Transport

    let name = "the container's credentials"

    private static let host = "http://169.254.170.2"
    /// Where a token may be sent without encryption: ECS and EKS.
    private static let knownHosts = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23", "[fd00:ec2::23]"]

    init(_ environment: Environment, _ transport: Transport) {
        self.environment = environment
        self.transport = transport
    }

    func credentials() async throws -> AccessCredentials? {
        guard let url = try url() else { return nil }
        let request = MetadataRequest(transport: transport, name: "The container's credentials server")
        var headers: [(name: String, value: String)] = [("Accept", "application/json")]
        if let token = try token() { headers.append(("Authorization", token)) }
        guard let body = try await request.answer("GET", url, headers) else {
            throw ServiceError.unreachable(endpoint: url, reason: "the container's credentials server is not there")
        }
        return try request.credentials(body)
    }

    private func url() throws -> String? {
        if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] { return Self.host + path }
        guard let url = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] else { return nil }
        let parts = URLComponents(string: url)
        let host = parts?.host ?? ""
        guard
            parts?.scheme == "https" || host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
                || Self.knownHosts.contains(host)
        else {
            throw ServiceError.badConfiguration(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI names neither https nor this machine nor the container's host.")
        }
        return url
    }

    private func token() throws -> String? {
        guard let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] else {
            return environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        }
        return try SecretFile.text(path, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    }
}

/// A file with one secret in it, which others write anew from time to time.
enum SecretFile {
    /// - Parameter variable: What named the path, for the message.
    static func text(_ path: String, _ variable: String) throws -> String {
        // Missing, forbidden or not text: the path is what helps in each case.
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ServiceError.badConfiguration("\(variable) names \(path), which cannot be read.")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
