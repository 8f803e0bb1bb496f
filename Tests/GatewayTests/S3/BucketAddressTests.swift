import Testing

@testable import Gateway

@Suite("which bucket and key a request is for")
struct BucketAddressTests {
    @Test(
        "the path has both, and the key keeps what it has",
        arguments: [
            ("/b", "b", nil), ("/b/", "b", nil), ("/b//", "b", "/"), ("/b/a//b/../c", "b", "a//b/../c"),
            ("/b/%2F%20%ED%95%9C+", "b", "/ 한+"), ("/", nil, nil),
        ] as [(String, String?, String?)])
    func path(_ path: String, _ bucket: String?, _ key: String?) throws {
        let address = try BucketAddress(path: path[...], authority: "127.0.0.1:4566", domains: ["localhost"])
        #expect(address.bucket == bucket && address.key == key)
    }

    @Test(
        "a host's name may have the bucket",
        arguments: [
            ("b.localhost:4566", "b"), ("B.c.s3.amazonaws.com", "b.c"), ("b.s3.eu-west-1.amazonaws.com", "b"),
            ("b.s3-eu-west-1.amazonaws.com", "b"), ("localhost", nil), ("s3.amazonaws.com", nil), ("b.example", nil),
            ("sqs.us-east-1.amazonaws.com", nil),
        ] as [(String, String?)])
    func host(_ host: String, _ bucket: String?) throws {
        #expect(BucketAddress.bucket(ofHost: host, ["localhost"]) == bucket)
    }

    @Test("what is not UTF-8 is refused", arguments: ["/b/%FF", "/b/%", "/b/%zz"])
    func malformed(_ path: String) {
        #expect(throws: AWSError.self) { try BucketAddress(path: path[...], authority: "x", domains: []) }
    }
}

@Suite("what a bucket's policy lets everybody do")
struct BucketPolicyTests {
    private func policy(_ statement: String) -> String { #"{"Version": "2012-10-17", "Statement": [\#(statement)]}"# }

    private let open =
        #"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/tts/*"}"#

    @Test("reading objects that the resource names, and no others")
    func reads() {
        #expect(BucketPolicy.allowsEverybodyToRead("arn:aws:s3:::b/tts/a.mp3", policy(open)))
        #expect(!BucketPolicy.allowsEverybodyToRead("arn:aws:s3:::b/recordings/a.mp3", policy(open)))
        #expect(!BucketPolicy.allowsEverybodyToRead("arn:aws:s3:::c/tts/a.mp3", policy(open)))
    }

    @Test("a refusal, a condition or somebody's name lets nobody in")
    func closed() {
        let refusal = #"{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}"#
        let conditional = open.replacing("}", with: #", "Condition": {"IpAddress": {"aws:SourceIp": "1.2.3.4"}}}"#)
        let named = open.replacing(#""*","#, with: #"{"AWS": "arn:aws:iam::1:root"},"#)
        for text in [policy(open + "," + refusal), policy(conditional), policy(named), "", "[]"] {
            #expect(!BucketPolicy.allowsEverybodyToRead("arn:aws:s3:::b/tts/a.mp3", text))
        }
    }
}
