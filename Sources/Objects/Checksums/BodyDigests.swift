/// What is computed of a body while it comes: its size, its MD5, and the checksums that somebody asked for.
package struct BodyDigests: Sendable {
    package private(set) var sizeInBytes = 0
    private var md5Digest: BodyDigest? = .md5
    private var checksums: [ChecksumAlgorithm: BodyDigest] = [:]

    package init(_ algorithms: Set<ChecksumAlgorithm> = []) {
        for algorithm in algorithms { checksums[algorithm] = BodyDigest(algorithm) }
    }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        sizeInBytes += bytes.count
        md5Digest?.update(bytes)
        for algorithm in checksums.keys { checksums[algorithm]?.update(bytes) }
    }

    package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    package var md5: [UInt8] { md5Digest?.bytes ?? [] }

    /// The checksum's bytes, or `nil` where it was not asked for.
    package subscript(algorithm: ChecksumAlgorithm) -> [UInt8]? { checksums[algorithm]?.bytes }
}
