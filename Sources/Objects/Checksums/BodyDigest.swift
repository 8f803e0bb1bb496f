import Crypto

/// One digest of a body that comes piece by piece.
struct BodyDigest: Sendable {
    private enum State: Sendable {
        case crc32(CyclicRedundancyCheck<UInt32>)
        case crc64(CyclicRedundancyCheck<UInt64>)
        case sha1(Insecure.SHA1)
        case sha256(SHA256)
        case md5(Insecure.MD5)
    }

    private var state: State

    static var md5: BodyDigest { BodyDigest(.md5(Insecure.MD5())) }

    private init(_ state: State) { self.state = state }

    init(_ algorithm: ChecksumAlgorithm) {
        state =
            switch algorithm {
            case .crc32: .crc32(CyclicRedundancyCheck(.crc32))
            case .crc32c: .crc32(CyclicRedundancyCheck(.crc32c))
            case .crc64nvme: .crc64(CyclicRedundancyCheck(.crc64nvme))
            case .sha1: .sha1(Insecure.SHA1())
            case .sha256: .sha256(SHA256())
            }
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .crc32(var check):
            check.update(bytes)
            state = .crc32(check)
        case .crc64(var check):
            check.update(bytes)
            state = .crc64(check)
        case .sha1(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha1(hash)
        case .sha256(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha256(hash)
        case .md5(var hash):
            hash.update(bufferPointer: bytes)
            state = .md5(hash)
        }
    }

    /// The digest of what has come, numbers with the most significant byte first.
    var bytes: [UInt8] {
        switch state {
        case .crc32(let check): withUnsafeBytes(of: check.value.bigEndian) { Array($0) }
        case .crc64(let check): withUnsafeBytes(of: check.value.bigEndian) { Array($0) }
        case .sha1(let hash): Array(hash.finalize())
        case .sha256(let hash): Array(hash.finalize())
        case .md5(let hash): Array(hash.finalize())
        }
    }
}
