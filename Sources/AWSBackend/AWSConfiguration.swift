package import SpeakModel

/// Where AWS is, and who calls: what the environment, the shared files and the caller say.
package struct AWSConfiguration: Sendable {
    package var environment: Environment
    /// One address for every service, before any other that is configured.
    package var endpoint: String?
    package var region: String?
    package var profile: String?
    package var now: @Sendable () -> Timestamp

    package init(
        environment: Environment = .process, endpoint: String? = nil, region: String? = nil,
        profile: String? = nil, now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.environment = environment
        self.endpoint = endpoint
        self.region = region
        self.profile = profile
        self.now = now
    }
}

extension AWSConfiguration {
    private var demandedProfile: String? { profile ?? environment["AWS_PROFILE"] ?? environment["AWS_DEFAULT_PROFILE"] }

    /// How often a call is made at most: `AWS_MAX_ATTEMPTS`.
    private func maximumAttempts() throws -> Int {
        guard let text = environment["AWS_MAX_ATTEMPTS"] else { return ServiceClient.usualAttempts }
        guard let number = Int(text), number >= 1 else {
            throw ServiceError.badConfiguration("AWS_MAX_ATTEMPTS is \(text.debugDescription); it is a number from 1.")
        }
        return number
    }

    /// - Throws: ``ServiceError/badConfiguration(_:)``.
    func client(
        _ transport: Transport,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async throws -> ServiceClient {
        let shared = try SharedConfiguration(environment)
        let profile = demandedProfile ?? "default"
        let region = try await region(shared, profile, transport)
        let endpoints = try Endpoints(
            region: region, everything: endpoint, environment: environment, shared: shared, profile: profile)
        let attempts = try maximumAttempts()
        let quota = RetryQuota()
        @Sendable func client(_ source: (any CredentialsSource)?) -> ServiceClient {
            ServiceClient(
                transport: transport, credentials: source.map { CredentialsCache($0, now: now) }, endpoints: endpoints,
                maximumAttempts: attempts, quota: quota, now: now, pause: pause)
        }
        let source = try chain(shared, profile, transport, endpoints) { credentials in
            TokenService(client: client(credentials.map { FixedCredentials(name: "the source", value: $0) }))
        }
        return client(source)
    }

    private func region(_ shared: SharedConfiguration, _ profile: String, _ transport: Transport) async throws -> String
    {
        if let known = region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]
            ?? shared[profile]?["region"]
        {
            return known
        }
        // An address of one's own needs no region but for the signature's form.
        if endpoint ?? environment["AWS_ENDPOINT_URL"] != nil { return "us-east-1" }
        if let found = try await InstanceCredentials(environment, transport).region() { return found }
        throw ServiceError.badConfiguration("There is no AWS region: set AWS_REGION.")
    }

    /// The places in the order of AWS's own SDKs; a profile that was asked for comes before what was not.
    private func chain(
        _ shared: SharedConfiguration, _ profile: String, _ transport: Transport, _ endpoints: Endpoints,
        tokens: @escaping @Sendable (AccessCredentials?) -> TokenService
    ) throws -> CredentialsChain {
        let fromEnvironment = EnvironmentCredentials(environment)
        let container = ContainerCredentials(environment, transport)
        let instance = InstanceCredentials(environment, transport)
        let fromProfile = ProfileCredentials(
            profile: profile, shared: shared, isDemanded: demandedProfile != nil,
            places: ["Environment": fromEnvironment, "EcsContainer": container, "Ec2InstanceMetadata": instance],
            tokens: tokens)
        var sources: [any CredentialsSource] = self.profile == nil ? [fromEnvironment] : []
        if let identity = try WebIdentityCredentials(environment, tokens: { tokens(nil) }) { sources.append(identity) }
        sources += [fromProfile, container]
        // A server on this machine that takes every request needs no key, and this machine need not be on EC2.
        let isHere = [Service.sqs, .dynamodb, .s3].allSatisfy { endpoints[$0].isLoopback }
        sources.append(
            isHere
                ? FixedCredentials(name: "none", value: AccessCredentials(keyID: "local", secret: "local")) : instance)
        return CredentialsChain(sources: sources)
    }
}
