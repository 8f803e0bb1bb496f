/// The checksums that S3 takes and keeps beside an object's entity tag.
///
/// Source: Amazon S3 User Guide, "Checking object integrity for data uploads in Amazon S3".
package enum ChecksumAlgorithm: String, CaseIterable, Sendable {
    case crc32 = "CRC32"
    case crc32c = "CRC32C"
    case crc64nvme = "CRC64NVME"
    case sha1 = "SHA1"
    case sha256 = "SHA256"

    package var sizeInBytes: Int {
        switch self {
        case .crc32, .crc32c: 4
        case .crc64nvme: 8
        case .sha1: 20
        case .sha256: 32
        }
    }

    /// What an upload in parts has where its creator does not say.
    package var defaultType: ChecksumType { self == .crc64nvme ? .fullObject : .composite }

    /// Whether a checksum of a whole body follows from those of its parts, and whether one of the parts' checksums exists.
    package func allows(_ type: ChecksumType) -> Bool {
        switch self {
        case .crc32, .crc32c: true
        case .crc64nvme: type == .fullObject
        case .sha1, .sha256: type == .composite
        }
    }
}

/// What a checksum was taken of.
package enum ChecksumType: String, Sendable {
    case fullObject = "FULL_OBJECT"
    /// Of the checksums of the object's parts, one behind the other.
    case composite = "COMPOSITE"
}

/// A checksum as S3 writes it.
package struct Checksum: Hashable, Sendable {
    package let algorithm: ChecksumAlgorithm
    package let type: ChecksumType
    /// In base 64; a composite one has a hyphen and the number of parts behind it.
    package let text: String

    package init(algorithm: ChecksumAlgorithm, type: ChecksumType, text: String) {
        self.algorithm = algorithm
        self.type = type
        self.text = text
    }
}
