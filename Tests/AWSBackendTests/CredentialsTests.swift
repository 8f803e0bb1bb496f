import Foundation
import NIOHTTP1
import SpeakModel
import Synchronization
import TestSupport
import Testing

@testable import AWSBackend

/// Against real files and real servers.
@Suite("credentials", .timeLimit(.minutes(1)))
struct CredentialsTests {
    /// A home folder of a test's own.
    private final class Home: Sendable {
        let path = FileManager.default.temporaryDirectory.path + "/home-\(UUID().uuidString)"

        init(config: String? = nil, credentials: String? = nil) throws {
            try FileManager.default.createDirectory(atPath: path + "/.aws", withIntermediateDirectories: true)
            if let config { try write(config, to: ".aws/config") }
            if let credentials { try write(credentials, to: ".aws/credentials") }
        }

        func write(_ text: String, to name: String) throws {
            try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }  // Only the test's own litter would remain.
    }

    /// What the chain finds where `variables` are all that the environment has.
    private func found(
        _ variables: [String: String], home: Home? = nil, profile: String? = nil, endpoint: String? = nil
    ) async throws -> AccessCredentials {
        var all = [
            "AWS_REGION": "eu-west-1", "HOME": home?.path ?? "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true",
        ]
        all.merge(variables) { $1 }
        let transport = Transport()
        do {
            let client = try await AWSConfiguration(
                environment: Environment(all), endpoint: endpoint, profile: profile,
                now: { Timestamp(milliseconds: 1_760_000_000_000) }
            ).client(transport) { _ in }
            let cache = try #require(client.credentials)
            let credentials = try await cache.credentials()
            try await transport.close()
            return credentials
        } catch {
            try await transport.close()
            throw error
        }
    }

    @Test("the environment's come first")
    func environment() async throws {
        let home = try Home(credentials: "[default]\naws_access_key_id = file\naws_secret_access_key = s\n")
        let variables = ["AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"]
        #expect(
            try await found(variables, home: home) == AccessCredentials(keyID: "env", secret: "s", sessionToken: "t"))
        #expect(try await found(["AWS_SESSION_TOKEN": ""], home: home).keyID == "file")
        // A profile that the caller names is meant.
        #expect(try await found(variables, home: home, profile: "default").keyID == "file")
        await #expect(throws: ServiceError.self) { try await found(["AWS_ACCESS_KEY_ID": "env"]) }
    }

    @Test("profiles of both files are one, and the credentials' file counts")
    func profiles() async throws {
        let home = try Home(
            config: """
                # a comment
                [default]
                region = eu-west-1

                [profile school]   ; another
                aws_access_key_id = config # the old one
                aws_secret_access_key = s
                aws_session_token=t
                s3 =
                  max_concurrent_requests = 20
                """,
            credentials:
                "[school]\naws_access_key_id=credentials\n[other]\naws_access_key_id=o\naws_secret_access_key=p=q\n"
        )
        let school = try await found(["AWS_PROFILE": "school"], home: home)
        #expect(school == AccessCredentials(keyID: "credentials", secret: "s", sessionToken: "t"))
        #expect(try await found([:], home: home, profile: "other").secret == "p=q")
        let elsewhere = try Home()
        try elsewhere.write("[default]\naws_access_key_id=e\naws_secret_access_key=s\n", to: "keys")
        #expect(try await found(["AWS_SHARED_CREDENTIALS_FILE": "\(elsewhere.path)/keys"], home: home).keyID == "e")
    }

    @Test(
        "what is wrong with a profile is said in a sentence",
        arguments: [
            ("none", "There is no AWS profile named none."), ("half", "aws_access_key_id or aws_secret_access_key"),
            ("sso", "sso_session, which is not supported"), ("role", "no source_profile"),
            ("a", "its own source_profile"),
            ("lost", "There is no AWS profile named nowhere."),
        ])
    func badProfiles(_ profile: String, _ words: String) async throws {
        let home = try Home(
            config: """
                [profile half]
                aws_access_key_id = h
                [profile sso]
                sso_session = s
                [profile role]
                role_arn = r
                [profile a]
                role_arn = r
                source_profile = b
                [profile b]
                role_arn = r
                source_profile = a
                [profile lost]
                role_arn = r
                source_profile = nowhere
                """)
        let error = await #expect(throws: ServiceError.self) {
            try await found(["AWS_PROFILE": profile], home: home)
        }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test("a file that makes no sense is named with its line")
    func badFile() async throws {
        let home = try Home(config: "[default]\nregion\n")
        await #expect(
            throws: ServiceError.badConfiguration(
                "Line 2 of \(home.path)/.aws/config is neither a [section] nor a NAME = VALUE in one.")
        ) { try await found([:], home: home) }
    }

    @Test("without any, the places that were tried are named")
    func none() async throws {
        let error = await #expect(throws: ServiceError.self) { try await found([:]) }
        #expect(
            error?.description
                == "There are no AWS credentials: tried the environment, the profile default, the container's credentials, the machine's metadata service. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
        )
    }

    @Test("a server on this machine needs none")
    func loopback() async throws {
        #expect(try await found([:], endpoint: "http://127.0.0.1:4566").keyID == "local")
        await #expect(throws: ServiceError.self) { try await found([:], endpoint: "http://example.org:4566") }
    }

    private static let answer = """
        {"AccessKeyId":"role","SecretAccessKey":"s","Token":"t","Expiration":"2030-01-01T00:00:00Z"}
        """
    private static let role = AccessCredentials(
        keyID: "role", secret: "s", sessionToken: "t", expiresAt: Timestamp(iso8601: "2030-01-01T00:00:00Z"))

    @Test("a container's come from its server, by its token")
    func container() async throws {
        let home = try Home()
        try home.write("secret\n", to: "token")
        let server = try await FakeServer.start { request, number in
            guard request.headers["Authorization"] == ["secret"] else { return .answer(401) }
            return number == 0 ? .answer(500) : .answer(200, [], Self.answer)
        }
        let url = "\(server.url)/v2/credentials?id=1"
        let variables = [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": url, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "\(home.path)/token",
        ]
        #expect(try await found(variables) == Self.role)
        #expect(server.requests.map(\.target) == Array(repeating: "/v2/credentials?id=1", count: 2))
        await #expect(throws: ServiceError.self) { try await found(["AWS_CONTAINER_CREDENTIALS_FULL_URI": url]) }
        await #expect(throws: ServiceError.self) {
            try await found(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.org/credentials"])
        }
    }

    @Test("a machine's come from its metadata service, within a session")
    func instance() async throws {
        let server = try await FakeServer.start { request, _ in
            switch (request.method, request.target) {
            case ("PUT", "/latest/api/token"):
                return request.headers["X-aws-ec2-metadata-token-ttl-seconds"].isEmpty
                    ? .answer(400) : .answer(200, [], "session")
            case ("GET", _) where request.headers["X-aws-ec2-metadata-token"] != ["session"]: return .answer(401)
            case (_, "/latest/meta-data/iam/security-credentials/"): return .answer(200, [], "worker\n")
            case (_, "/latest/meta-data/iam/security-credentials/worker"): return .answer(200, [], Self.answer)
            case (_, "/latest/meta-data/placement/region"): return .answer(200, [], "ap-northeast-2")
            default: return .answer(404)
            }
        }
        let variables = ["AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url]
        #expect(try await found(variables) == Self.role)
        let transport = Transport()
        let client = try await AWSConfiguration(
            environment: Environment(variables.merging(["HOME": "/nonexistent"]) { $1 })
        ).client(transport)
        #expect(client.endpoints[.sqs].url == "https://sqs.ap-northeast-2.amazonaws.com")
        try await transport.close()
    }

    @Test("off EC2 the metadata service is not missed")
    func noInstance() async throws {
        for server in [try await FakeServer.answering(404, ""), try await FakeServer.start { _, _ in .hangUp }] {
            let variables = ["AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url]
            let error = await #expect(throws: ServiceError.self) { try await found(variables) }
            #expect(error?.label == "no_credentials")
        }
    }

    private static func tokens(_ action: String) -> String {
        """
        <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result><Credentials>
        <AccessKeyId>role</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
        <Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></\(action)Result></\(action)Response>
        """
    }

    @Test("a web identity takes on a role, unsigned, from the environment and from a profile")
    func webIdentity() async throws {
        let home = try Home()
        try home.write("a.b/c=\n", to: "token")
        try home.write(
            "[profile web]\nrole_arn = arn:aws:iam::1:role/w\nweb_identity_token_file = \(home.path)/token\n",
            to: ".aws/config")
        let server = try await FakeServer.answering(200, Self.tokens("AssumeRoleWithWebIdentity"))
        let environment = [
            "AWS_WEB_IDENTITY_TOKEN_FILE": "\(home.path)/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/w",
            "AWS_ENDPOINT_URL_STS": server.url,
        ]
        #expect(try await found(environment) == Self.role)
        let profile = ["AWS_PROFILE": "web", "AWS_ENDPOINT_URL_STS": server.url]
        #expect(try await found(profile, home: home) == Self.role)
        for request in server.requests {
            #expect(request.headers["Authorization"].isEmpty)
            #expect(
                request.body
                    == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fw&RoleSessionName=speaktracker&WebIdentityToken=a.b%2Fc%3D"
            )
        }
        await #expect(throws: ServiceError.self) { try await found(["AWS_WEB_IDENTITY_TOKEN_FILE": "x"]) }
    }

    @Test("a profile's role is taken on by its source profile, by way of others too")
    func roles() async throws {
        let home = try Home(
            config: """
                [profile worker]
                role_arn = arn:aws:iam::1:role/worker
                source_profile = middle
                external_id = x
                [profile middle]
                role_arn = arn:aws:iam::1:role/middle
                source_profile = base
                [profile base]
                aws_access_key_id = base
                aws_secret_access_key = s
                """)
        let server = try await FakeServer.answering(200, Self.tokens("AssumeRole"))
        let variables = ["AWS_PROFILE": "worker", "AWS_ENDPOINT_URL_STS": server.url]
        #expect(try await found(variables, home: home) == Self.role)
        let requests = server.requests
        #expect(requests.count == 2)
        #expect(requests.first?.headers["Authorization"].first?.contains("Credential=base/") == true)
        #expect(requests.last?.headers["Authorization"].first?.contains("Credential=role/") == true)
        #expect(requests.last?.body.hasSuffix("&ExternalId=x") == true)
    }

    /// Gives credentials that last an hour, or fails, as a test says; counts how often it is asked.
    private final class Source: CredentialsSource {
        let name = "a test"
        let clock = TestClock()
        let asked = Mutex(0)
        let isBroken = Mutex(false)

        func credentials() async throws -> AccessCredentials? {
            let number = asked.withLock { asked in
                asked += 1
                return asked
            }
            if isBroken.withLock({ $0 }) { throw ServiceError.badConfiguration("broken") }
            return AccessCredentials(keyID: "\(number)", secret: "s", expiresAt: clock.now + .seconds(3600))
        }

        var count: Int { asked.withLock { $0 } }
    }

    @Test("they are kept until five minutes before their end, and fetched once for everybody")
    func cache() async throws {
        let source = Source()
        let cache = CredentialsCache(source, now: { source.clock.now })
        let keys = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await cache.credentials().keyID } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(keys == ["1"])
        source.clock.advance(by: .seconds(3299))
        #expect(try await cache.credentials().keyID == "1")
        source.clock.advance(by: .seconds(1))
        #expect(try await cache.credentials().keyID == "2")
        #expect(source.count == 2)
    }

    @Test("while their source fails the old ones serve to their end, and the source is not pestered")
    func staleButGood() async throws {
        let source = Source()
        let cache = CredentialsCache(source, now: { source.clock.now })
        _ = try await cache.credentials()
        source.isBroken.withLock { $0 = true }
        source.clock.advance(by: .seconds(3400))
        for _ in 0..<10 { #expect(try await cache.credentials().keyID == "1") }
        #expect(source.count == 2)
        source.clock.advance(by: .seconds(200))
        for _ in 0..<10 { await #expect(throws: ServiceError.self) { try await cache.credentials() } }
        #expect(source.count == 3)
        source.isBroken.withLock { $0 = false }
        source.clock.advance(by: .seconds(15))
        #expect(try await cache.credentials().keyID == "4")
    }

    @Test("those that a service calls ended are dropped, once")
    func dropped() async throws {
        let source = Source()
        let cache = CredentialsCache(source, now: { source.clock.now })
        let first = try await cache.credentials()
        await cache.drop(first)
        #expect(try await cache.credentials().keyID == "2")
        await cache.drop(first)
        #expect(try await cache.credentials().keyID == "2")
    }
}
