import SpeakModel
import Testing

@testable import AWSBackend

/// The examples that AWS publishes, with the signatures it publishes for them.
@Suite("Signature Version 4")
struct SigningTests {
    /// Those of the signature test suite and of the AWS General Reference.
    private static let credentials = AccessCredentials(
        keyID: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

    private let keys = SigningKeys()

    @Test("a key is made anew for another day, region, service or secret")
    func changes() throws {
        var signatures: Set<String> = []
        let others = [("other", "us-east-1", "sqs"), ("secret", "eu-west-1", "sqs"), ("secret", "us-east-1", "s3")]
        for (secret, region, service) in [("secret", "us-east-1", "sqs")] + others {
            for time in ["2026-01-01T09:00:00Z", "2026-01-02T09:00:00Z"] {
                let credentials = AccessCredentials(keyID: "id", secret: secret)
                let request = ServiceRequest("GET", headers: [("Host", "example.com")])
                let found = try signature(request, region: region, service: service, at: time, by: credentials)
                // The same again, and as one makes it who has no other keys.
                #expect(try signature(request, region: region, service: service, at: time, by: credentials) == found)
                let alone = SigningTests()
                #expect(
                    try alone.signature(request, region: region, service: service, at: time, by: credentials) == found)
                signatures.insert(found)
            }
        }
        #expect(signatures.count == 8)
    }

    private func signature(
        _ request: ServiceRequest, region: String = "us-east-1", service: String, at time: String,
        by credentials: AccessCredentials = Self.credentials
    ) throws -> String {
        var request = request
        let moment = try #require(Timestamp(iso8601: time))
        RequestSigner(credentials: credentials, region: region, service: service, keys: keys)
            .sign(&request, at: moment)
        let header = try #require(request.headers.last { $0.name == "Authorization" }).value
        return String(try #require(header.split(separator: "Signature=").last))
    }

    private func suite(_ request: ServiceRequest) throws -> String {
        var request = request
        request.headers.append(("Host", "example.amazonaws.com"))
        return try signature(request, service: "service", at: "2015-08-30T12:36:00Z")
    }

    @Test(
        "the signature test suite",
        arguments: [
            (
                ServiceRequest("GET"),  // get-vanilla
                "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
            ),
            (
                ServiceRequest("GET", query: [("Param2", "value2"), ("Param1", "value1")]),
                // get-vanilla-query-order-key-case
                "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
            ),
            (
                ServiceRequest("POST"),  // post-vanilla
                "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
            ),
        ])
    func vectors(_ request: ServiceRequest, _ expected: String) throws {
        #expect(try suite(request) == expected)
    }

    @Test("IAM's ListUsers, of the AWS General Reference")
    func listUsers() throws {
        let request = ServiceRequest(
            "GET", query: [("Action", "ListUsers"), ("Version", "2010-05-08")],
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), ("Host", "iam.amazonaws.com"),
            ])
        #expect(
            try signature(request, service: "iam", at: "2015-08-30T12:36:00Z")
                == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
    }

    /// The examples of "Authenticating Requests: Using the Authorization Header" in the Amazon S3 API Reference.
    @Test(
        "S3's own examples",
        arguments: [
            (
                ServiceRequest("GET", path: "/test.txt", headers: [("Range", "bytes=0-9")]),
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
            ),
            (
                ServiceRequest(
                    "PUT", path: "/test%24file.text",
                    headers: [
                        ("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
                    ], body: Array("Welcome to Amazon S3.".utf8)),
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
            ),
            (
                ServiceRequest("GET", query: [("lifecycle", "")]),
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
            ),
            (
                ServiceRequest("GET", query: [("max-keys", "2"), ("prefix", "J")]),
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
            ),
        ])
    func s3(_ request: ServiceRequest, _ expected: String) throws {
        var request = request
        request.headers.append(("Host", "examplebucket.s3.amazonaws.com"))
        let credentials = AccessCredentials(
            keyID: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        #expect(try signature(request, service: "s3", at: "2013-05-24T00:00:00Z", by: credentials) == expected)
    }

    @Test("a session's token is signed with the rest")
    func token() throws {
        var request = ServiceRequest("GET", headers: [("Host", "example.amazonaws.com")])
        let credentials = AccessCredentials(keyID: "a", secret: "b", sessionToken: "c d")
        RequestSigner(credentials: credentials, region: "eu-west-1", service: "sqs", keys: keys)
            .sign(&request, at: Timestamp(milliseconds: 1_440_938_160_999))
        #expect(request.headers.contains { $0 == ("X-Amz-Security-Token", "c d") })
        #expect(request.headers.contains { $0 == ("X-Amz-Date", "20150830T123600Z") })
        let header = try #require(request.headers.last?.value)
        #expect(header.contains("Credential=a/20150830/eu-west-1/sqs/aws4_request"))
        #expect(header.contains("SignedHeaders=host;x-amz-date;x-amz-security-token"))
    }

    @Test("a secret is shown nowhere")
    func secrecy() {
        let credentials = AccessCredentials(keyID: "id", secret: "hidden", sessionToken: "hidden")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] { #expect(!text.contains("hidden")) }
    }
}
