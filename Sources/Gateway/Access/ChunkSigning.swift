import Crypto
import Signing

/// The signatures of a body's chunks, each of which covers the one before it.
///
/// Source: "Signature calculations for the authorization header: transferring payload in multiple chunks" and "… including
/// trailing headers" in the Amazon S3 API Reference.
struct ChunkSigning: Sendable {
    private let key: SigningKey
    private let time: String
    private let scope: String
    private var previous: String

    /// - Parameter seed: The signature of the request's headers.
    init(key: SigningKey, time: String, scope: String, seed: String) {
        (self.key, self.time, self.scope, previous) = (key, time, scope, seed)
    }

    private static let emptyHash = SHA256.hash(data: [UInt8]()).hexadecimal

    /// - Parameter hash: The SHA-256 of the chunk's bytes, in hexadecimal.
    /// - Throws: `SignatureDoesNotMatch`.
    mutating func check(chunkHash hash: String, _ signature: String) throws(AWSError) {
        try check(
            ["AWS4-HMAC-SHA256-PAYLOAD", time, scope, previous, Self.emptyHash, hash], signature)
    }

    /// - Parameter text: The trailing headers as they are signed: `name:value` and a line feed each.
    mutating func check(trailers text: String, _ signature: String) throws(AWSError) {
        let hash = SHA256.hash(data: Array(text.utf8)).hexadecimal
        try check(["AWS4-HMAC-SHA256-TRAILER", time, scope, previous, hash], signature)
    }

    private mutating func check(_ parts: [String], _ signature: String) throws(AWSError) {
        guard SignatureCheck.isEqual(key.signature(of: parts.joined(separator: "\n")), signature) else {
            throw .wrongS3Signature
        }
        previous = signature
    }
}
