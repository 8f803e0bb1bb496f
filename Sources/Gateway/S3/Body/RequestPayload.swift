import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Objects
import Signing

/// A request's body, as it comes: decoded, counted, and checked against all that the request says of it.
struct RequestPayload: Sendable {
    /// The most that S3 takes in one request.
    static let mostBytes = 5 << 30
    /// Of a document: ten thousand parts with their checksums, or a thousand keys.
    private static let mostDocumentBytes = 8 << 20
    /// So much is gathered before it is written.
    private static let stepInBytes = 512 << 10

    private let headers: HTTPFields
    private let body: RequestBody
    private let signing: ChunkSigning?

    init(_ headers: HTTPFields, _ body: RequestBody, signing: ChunkSigning?) {
        (self.headers, self.body, self.signing) = (headers, body, signing)
    }

    /// What came, and the checksum that goes with it.
    struct Received: Sendable {
        let body: any IncomingBody
        let digests: BodyDigests
        let checksum: Checksum
    }

    /// Takes the whole body into a store.
    ///
    /// - Parameter algorithm: What to compute where the request names no checksum.
    /// - Throws: The error that S3 has where the body is not what the request says; nothing is left of it then.
    func receive(
        for key: String, in bucket: String, of objects: any ObjectService, _ algorithm: ChecksumAlgorithm = .crc64nvme
    ) async throws -> Received {
        let claimed = try ClaimedChecksum(headers)
        let algorithm = claimed?.algorithm ?? algorithm
        let expected = try ExpectedBody(headers, size: try size())
        var wanted: Set = [algorithm]
        if expected.sha256 != nil { wanted.insert(.sha256) }
        let incoming = try await objects.receive(for: key, in: bucket, computing: wanted)
        do {
            let (digests, trailers) = try await take(into: incoming, expected.size)
            try expected.check(digests)
            guard let digest = digests[algorithm] else { preconditionFailure("A checksum was not computed.") }
            let checksum = Checksum(algorithm, ofWhole: digest)
            let value = claimed.flatMap { $0.isTrailer ? trailers[$0.algorithm.headerName.canonicalName] : $0.value }
            if claimed?.isTrailer == true, value == nil {
                throw AWSError.s3(
                    "MalformedTrailerError",
                    "The request contained trailing data that was not well-formed or did not conform to our published schema."
                )
            }
            if let value, value != checksum.text { throw AWSError.badDigest(algorithm.rawValue) }
            return Received(body: incoming, digests: digests, checksum: checksum)
        } catch {
            await incoming.discard()
            throw error
        }
    }

    /// Reads a document that fits into memory.
    ///
    /// - Parameter checksummed: Whether what the request says of a checksum is said of the document.
    func document(checksummed: Bool = true) async throws -> [UInt8] {
        let expected = try ExpectedBody(headers, size: try size())
        let claimed = checksummed ? try ClaimedChecksum(headers) : nil
        guard expected.size <= Self.mostDocumentBytes else { throw AWSError.entityTooLarge(Self.mostDocumentBytes) }
        var bytes: [UInt8] = []
        var decoder = decoder
        for try await buffer in body {
            for piece in try decoder?.read(buffer) ?? [buffer] { bytes += piece.readableBytesView }
            guard bytes.count <= expected.size else { throw AWSError.incompleteBody }
        }
        guard bytes.count == expected.size else { throw AWSError.incompleteBody }
        var digests = BodyDigests(
            Set(claimed.map { [$0.algorithm] } ?? []).union(expected.sha256 == nil ? [] : [.sha256]))
        digests.update(bytes)
        try expected.check(digests)
        if let claimed, let digest = digests[claimed.algorithm] {
            let value =
                claimed.isTrailer ? decoder?.trailers[claimed.algorithm.headerName.canonicalName] : claimed.value
            if let value, value != Data(digest).base64EncodedString() {
                throw AWSError.badDigest(claimed.algorithm.rawValue)
            }
        }
        return bytes
    }

    private func take(
        into incoming: any IncomingBody, _ size: Int
    ) async throws -> (BodyDigests, trailers: [String: String]) {
        var (pieces, gathered, count) = ([ByteBuffer](), 0, 0)
        var decoder = decoder
        for try await buffer in body {
            for piece in try decoder?.read(buffer) ?? [buffer] {
                pieces.append(piece)
                gathered += piece.readableBytes
                count += piece.readableBytes
            }
            guard count <= size else { throw AWSError.incompleteBody }
            if gathered >= Self.stepInBytes {
                try await incoming.append(pieces)
                (pieces, gathered) = ([], 0)
            }
        }
        guard count == size, decoder?.isOver ?? true else { throw AWSError.incompleteBody }
        return (try await incoming.finish(pieces), decoder?.trailers ?? [:])
    }

    private var decoder: ChunkedBody? {
        guard let mode = headers[.amzContentSHA256], mode.hasPrefix("STREAMING-") else {
            // Some clients say it here only.
            guard headers[.amzDecodedContentLength] != nil,
                headers[.contentEncoding]?.contains("aws-chunked") == true
            else { return nil }
            return ChunkedBody(isSigned: false, hasTrailers: headers[.amzTrailer] != nil, signing: nil)
        }
        return ChunkedBody(
            isSigned: mode.hasPrefix("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), hasTrailers: mode.hasSuffix("-TRAILER"),
            signing: signing)
    }

    /// How many bytes the body has once it is decoded.
    private func size() throws(AWSError) -> Int {
        let text = decoder == nil ? headers[.contentLength] : headers[.amzDecodedContentLength]
        guard let text else {
            guard headers[.transferEncoding] == nil, decoder == nil else { throw .missingContentLength }
            return 0
        }
        guard let size = Int(text), size >= 0 else { throw .missingContentLength }
        guard size <= Self.mostBytes else { throw .entityTooLarge(Self.mostBytes) }
        return size
    }
}

/// What a request says of its body in headers that are not checksums.
struct ExpectedBody: Sendable {
    let size: Int
    /// In hexadecimal.
    let sha256: String?
    private let md5: [UInt8]?

    init(_ headers: HTTPFields, size: Int) throws(AWSError) {
        self.size = size
        let payload = headers[.amzContentSHA256] ?? "UNSIGNED-PAYLOAD"
        sha256 = payload == "UNSIGNED-PAYLOAD" || payload.hasPrefix("STREAMING-") ? nil : payload
        if let text = headers[.contentMD5] {
            guard let bytes = Data(base64Encoded: text), bytes.count == 16 else { throw .invalidDigest }
            md5 = Array(bytes)
        } else {
            md5 = nil
        }
        if let sha256, sha256.utf8.count != 64 {
            throw .invalidArgument(
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 value.",
                "x-amz-content-sha256", sha256)
        }
    }

    func check(_ digests: BodyDigests) throws(AWSError) {
        if let md5, md5 != digests.md5 { throw .badDigest("Content-MD5") }
        if let sha256, let found = digests[.sha256], found.hexadecimal != sha256.lowercased() {
            throw .contentHashMismatch
        }
    }
}
