import Crypto
import NIOCore
import Signing

/// Takes a body in `aws-chunked` encoding apart: chunks with their signatures, and headers behind the last one.
///
/// A pure state machine: buffers in, the bytes that they hold out.
///
///     10000;chunk-signature=ad80…        size in hexadecimal
///     …                                  so many bytes
///     0;chunk-signature=b6c6…
///     x-amz-checksum-crc32c:sOO8/Q==
///     x-amz-trailer-signature:d812…
struct ChunkedBody: Sendable {
    private enum State {
        case size
        case data(Int)
        /// The line end behind a chunk's bytes.
        case dataEnd
        case trailers
        case over
    }

    private static let mostLineBytes = 8192
    private static let mostTrailers = 32

    /// `nil` where signatures are not looked at.
    private var signing: ChunkSigning?
    private let isSigned: Bool
    private let hasTrailers: Bool
    private var state = State.size
    private var line: [UInt8] = []
    private var hash = SHA256()
    private var signature = ""
    /// Headers that came behind the body, names in lower case.
    private(set) var trailers: [String: String] = [:]
    private var trailerText = ""

    /// - Parameters:
    ///   - isSigned: Whether each chunk has a signature.
    ///   - signing: What they are checked with.
    init(isSigned: Bool, hasTrailers: Bool, signing: ChunkSigning?) {
        self.isSigned = isSigned
        self.hasTrailers = hasTrailers
        self.signing = isSigned ? signing : nil
    }

    var isOver: Bool { if case .over = state { true } else { false } }

    /// - Returns: The bytes that the buffer holds of the body itself.
    /// - Throws: `IncompleteBody` for what is not in this encoding, `SignatureDoesNotMatch`.
    mutating func read(_ buffer: ByteBuffer) throws(AWSError) -> [ByteBuffer] {
        var buffer = buffer
        var pieces: [ByteBuffer] = []
        while buffer.readableBytes > 0 {
            switch state {
            case .data(let rest):
                let count = min(rest, buffer.readableBytes)
                guard let piece = buffer.readSlice(length: count) else { throw .malformedChunks }
                if signing != nil { piece.withBytes { hash.update(bufferPointer: $0) } }
                pieces.append(piece)
                state = rest == count ? .dataEnd : .data(rest - count)
            case .over:
                // Nothing may come behind the end but line ends, which some clients send.
                guard let byte = buffer.readInteger(as: UInt8.self), byte == 0x0D || byte == 0x0A else {
                    throw .malformedChunks
                }
            case .size, .dataEnd, .trailers:
                if let text = try readLine(&buffer) { try take(text) }
            }
        }
        return pieces
    }

    private mutating func readLine(_ buffer: inout ByteBuffer) throws(AWSError) -> String? {
        let view = buffer.readableBytesView
        let end = view.firstIndex(of: UInt8(ascii: "\n"))
        let part = end.map { view[..<$0] } ?? view[...]
        guard line.count + part.count <= Self.mostLineBytes else { throw .malformedChunks }
        line += part
        buffer.moveReaderIndex(forwardBy: part.count + (end == nil ? 0 : 1))
        if end == nil { return nil }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        defer { line.removeAll(keepingCapacity: true) }
        return String(decoding: line, as: UTF8.self)
    }

    private mutating func take(_ line: String) throws(AWSError) {
        switch state {
        case .size: try takeSize(line)
        case .dataEnd:
            guard line.isEmpty else { throw .malformedChunks }
            try checkChunk()
            state = .size
        case .trailers: try takeTrailer(line)
        case .data, .over: break
        }
    }

    private mutating func takeSize(_ line: String) throws(AWSError) {
        let parts = line.split(separator: ";", omittingEmptySubsequences: false)
        guard let size = Int(parts[0], radix: 16), size >= 0, !parts[0].hasPrefix("+") else { throw .malformedChunks }
        let name = "chunk-signature="
        let found = parts.dropFirst().first { $0.hasPrefix(name) }
        guard !isSigned || found != nil else { throw .malformedChunks }
        signature = found.map { String($0.dropFirst(name.count)) } ?? ""
        hash = SHA256()
        if size > 0 {
            state = .data(size)
        } else {
            try checkChunk()
            state = .trailers
        }
    }

    private mutating func checkChunk() throws(AWSError) {
        guard signing != nil else { return }
        try signing?.check(chunkHash: hash.finalize().hexadecimal, signature)
    }

    private mutating func takeTrailer(_ line: String) throws(AWSError) {
        if line.isEmpty {
            guard signing == nil || !hasTrailers || trailers["x-amz-trailer-signature"] != nil else {
                throw .wrongS3Signature
            }
            state = .over
            return
        }
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, trailers.count < Self.mostTrailers else { throw .malformedChunks }
        let name = parts[0].lowercased()
        let value = parts[1].split(separator: " ").joined(separator: " ")
        trailers[name] = value
        if name == "x-amz-trailer-signature" {
            try signing?.check(trailers: trailerText, value)
        } else {
            trailerText += "\(name):\(value)\n"
        }
    }
}

extension AWSError {
    fileprivate static let malformedChunks = s3("IncompleteBody", "The request body terminated unexpectedly")
}
