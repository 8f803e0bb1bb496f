import NIOCore
import Signing
import Testing

@testable import Gateway

@Suite("bodies in aws-chunked encoding")
struct ChunkedBodyTests {
    /// The example of "Signature calculations for the authorization header: transferring payload in multiple chunks" in
    /// the Amazon S3 API Reference: 65 KiB of the letter a, signed with the keys of its documentation.
    private static let example: [UInt8] = {
        let first =
            "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n"
            + String(repeating: "a", count: 65_536)
        let second =
            "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n"
            + String(repeating: "a", count: 1024)
        let last = "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n"
        return Array((first + second + last).utf8)
    }()

    private static var signing: ChunkSigning {
        let scope = ["20130524", "us-east-1", "s3", "aws4_request"]
        return ChunkSigning(
            key: SigningKey(secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope: scope), time: "20130524T000000Z",
            scope: scope.joined(separator: "/"),
            seed: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9")
    }

    /// Feeds a body in pieces of a size.
    private func decoded(_ bytes: [UInt8], step: Int, _ body: inout ChunkedBody) throws -> [UInt8] {
        var found: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            let buffer = ByteBuffer(bytes: bytes[start..<min(start + step, bytes.count)])
            for piece in try body.read(buffer) { found += piece.readableBytesView }
        }
        return found
    }

    @Test("AWS's example is taken, however it is cut", arguments: [1, 7, 1000, 65_536, 1_000_000])
    func signed(_ step: Int) throws {
        var body = ChunkedBody(isSigned: true, hasTrailers: false, signing: Self.signing)
        #expect(try decoded(Self.example, step: step, &body) == Array(repeating: UInt8(ascii: "a"), count: 66_560))
        #expect(body.isOver)
    }

    @Test("a byte or a signature that is another is refused", arguments: [20, 30, 200, 65_800, 66_700, 66_800])
    func forged(_ place: Int) throws {
        var bytes = Self.example
        bytes[place] = bytes[place] == UInt8(ascii: "b") ? UInt8(ascii: "c") : UInt8(ascii: "b")
        #expect(throws: AWSError.self) {
            var body = ChunkedBody(isSigned: true, hasTrailers: false, signing: Self.signing)
            _ = try decoded(bytes, step: 1000, &body)
        }
    }

    @Test("headers behind the body are kept", arguments: [1, 5, 100])
    func trailers(_ step: Int) throws {
        let text = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Amz-Checksum-Crc32: hYfVag==\r\nx-other:1\r\n\r\n"
        var body = ChunkedBody(isSigned: false, hasTrailers: true, signing: nil)
        #expect(try decoded(Array(text.utf8), step: step, &body) == Array("abcde".utf8))
        #expect(body.isOver)
        #expect(body.trailers == ["x-amz-checksum-crc32": "hYfVag==", "x-other": "1"])
    }

    @Test("what is cut off is not over", arguments: ["", "3\r\nabc", "3\r\nabc\r\n", "0\r\n", "0\r\na:b\r\n"])
    func cutOff(_ text: String) throws {
        var body = ChunkedBody(isSigned: false, hasTrailers: true, signing: nil)
        _ = try decoded(Array(text.utf8), step: 2, &body)
        #expect(!body.isOver)
    }

    @Test(
        "what is not in this encoding is refused",
        arguments: ["\r\n", "x\r\n", "-1\r\n", "+1\r\n", "3\r\nabcd\r\n", "0\r\nnothing\r\n", "0\r\n\r\nmore"])
    func malformed(_ text: String) {
        #expect(throws: AWSError.self) {
            var body = ChunkedBody(isSigned: false, hasTrailers: true, signing: nil)
            _ = try decoded(Array(text.utf8), step: 1, &body)
        }
    }

    @Test("a line without an end takes no memory")
    func endless() {
        #expect(throws: AWSError.self) {
            var body = ChunkedBody(isSigned: false, hasTrailers: true, signing: nil)
            _ = try decoded(Array(repeating: UInt8(ascii: "1"), count: 100_000), step: 1000, &body)
        }
    }
}
