/// A checksum of a body in parts, from its parts' own.
///
/// Source: Amazon S3 User Guide, "Checking object integrity", "Checksum types for multipart uploads".
package enum PartChecksums {
    package struct Part: Sendable {
        let digest: [UInt8]
        let sizeInBytes: Int

        package init(digest: [UInt8], sizeInBytes: Int) {
            self.digest = digest
            self.sizeInBytes = sizeInBytes
        }
    }

    /// The digest of the parts' digests, one behind the other.
    package static func composite(_ algorithm: ChecksumAlgorithm, _ parts: [Part]) -> [UInt8] {
        var digest = BodyDigest(algorithm)
        for part in parts { part.digest.withUnsafeBytes { digest.update($0) } }
        return digest.bytes
    }

    /// The checksum that the whole body has, or `nil` where it does not follow from the parts'.
    package static func whole(_ algorithm: ChecksumAlgorithm, _ parts: [Part]) -> [UInt8]? {
        switch algorithm {
        case .crc32: combined(parts, .crc32)
        case .crc32c: combined(parts, .crc32c)
        case .crc64nvme: combined(parts, .crc64nvme)
        case .sha1, .sha256: nil
        }
    }

    private static func combined<Word>(_ parts: [Part], _ table: CRCTable<Word>) -> [UInt8] {
        let check = parts.reduce(Word(0)) { check, part in
            table.combined(
                check, part.digest.reduce(0) { $0 << 8 | Word($1) }, secondCount: part.sizeInBytes)
        }
        return withUnsafeBytes(of: check.bigEndian) { Array($0) }
    }
}
