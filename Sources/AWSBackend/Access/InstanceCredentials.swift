/// The credentials of an EC2 machine's role, by version 2 of its metadata service.
///
/// Source: "Use IMDS to access instance metadata" in the Amazon EC2 User Guide.
struct InstanceCredentials: CredentialsSource {
    let environment: Environment
    let transport: Transport

    let name = "the machine's metadata service"

    init(_ environment: Environment, _ transport: Transport) {
        self.environment = environment
        self.transport = transport
    }

    func credentials() async throws -> AccessCredentials? {
        guard let session = try await session() else { return nil }
        guard let role = try await session.text("iam/security-credentials/") else { return nil }
        guard let name = role.split(separator: "\n").first,
            let body = try await session.bytes("iam/security-credentials/\(name)")
        else { return nil }
        return try session.request.credentials(body)
    }

    /// The region that the machine is in.
    func region() async throws -> String? { try await session()?.text("placement/region") }

    /// A session; `nil` off EC2, and where the service is turned off.
    private func session() async throws -> Session? {
        if environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" { return nil }
        let address = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? "http://169.254.169.254"
        let request = MetadataRequest(transport: transport, name: "The machine's metadata service")
        let token: [UInt8]?
        do {
            token = try await request.answer(
                "PUT", address + "/latest/api/token", [("X-aws-ec2-metadata-token-ttl-seconds", "21600")])
        } catch {
            // Off EC2 the address may be anybody's, or swallow what is sent: then there is no such service.
            if error is CancellationError { throw error }
            return nil
        }
        return token.map {
            Session(request: request, address: address, token: String(decoding: $0, as: UTF8.self))
        }
    }

    private struct Session {
        let request: MetadataRequest
        let address: String
        let token: String

        func bytes(_ path: String) async throws -> [UInt8]? {
            try await request.answer(
                "GET", "\(address)/latest/meta-data/\(path)", [("X-aws-ec2-metadata-token", token)])
        }

        func text(_ path: String) async throws -> String? {
            try await bytes(path).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
