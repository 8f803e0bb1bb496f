import Foundation
import Testing

@testable import AWSBackend

@Suite("where services are")
struct EndpointsTests {
    private func endpoints(
        _ variables: [String: String] = [:], everything: String? = nil, region: String = "eu-west-1",
        profile: String = "default"
    ) throws -> Endpoints {
        let environment = Environment(variables.merging(["HOME": "/nonexistent"]) { first, _ in first })
        return try Endpoints(
            region: region, everything: everything, environment: environment,
            shared: SharedConfiguration(environment), profile: profile)
    }

    @Test("AWS itself, by region")
    func aws() throws {
        #expect(try endpoints()[.dynamodb].url == "https://dynamodb.eu-west-1.amazonaws.com")
        #expect(try endpoints(region: "cn-north-1")[.sqs].host == "sqs.cn-north-1.amazonaws.com.cn")
        #expect(try endpoints()[.s3].isAWS)
        for region in ["", "a.b", "../x", "eu west", "EU"] {
            #expect(throws: ServiceError.self) { try endpoints(region: region) }
        }
    }

    @Test("one service's address comes before that of all")
    func order() throws {
        let variables = ["AWS_ENDPOINT_URL": "http://127.0.0.1:1/", "AWS_ENDPOINT_URL_SQS": "http://[::1]:2/base/"]
        let found = try endpoints(variables)
        #expect(found[.s3].url == "http://127.0.0.1:1")
        #expect(
            (found[.sqs].url, found[.sqs].host, found[.sqs].basePath) == ("http://[::1]:2/base", "[::1]:2", "/base"))
        #expect(found[.sqs].isLoopback && found[.s3].isLoopback)
        #expect(try endpoints(variables, everything: "https://x.org:443")[.sqs].url == "https://x.org")
        #expect(
            try endpoints(variables.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { $1 })[.sqs].isAWS)
    }

    @Test("a profile may name addresses")
    func profile() throws {
        let path = FileManager.default.temporaryDirectory.path + "/config-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }  // Only the test's own litter would remain.
        try """
        [profile local]
        endpoint_url = http://localhost:4566
        services = mine
        [services mine]
        s3 =
            endpoint_url = http://localhost:9000
        """.write(toFile: path, atomically: true, encoding: .utf8)
        let found = try endpoints(["AWS_CONFIG_FILE": path], profile: "local")
        #expect(found[.sqs].url == "http://localhost:4566")
        #expect(found[.s3].url == "http://localhost:9000")
    }

    @Test(
        "what is no address is refused",
        arguments: ["", "127.0.0.1:1", "ftp://a", "http://", "http://a?b", "http://u:p@h"])
    func refused(_ text: String) { #expect(throws: ServiceError.self) { try Endpoint(text) } }
}
