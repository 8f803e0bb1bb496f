package import SpeakModel

/// An object that comes in parts.
package struct Upload: Hashable, Sendable {
    package let id: String
    package let draft: ObjectDraft
    /// What its parts shall be checked with, if anything.
    package let algorithm: ChecksumAlgorithm?
    package let checksumType: ChecksumType
    package let startedAt: Timestamp

    package init(
        id: String, draft: ObjectDraft, algorithm: ChecksumAlgorithm?, checksumType: ChecksumType, startedAt: Timestamp
    ) {
        self.id = id
        self.draft = draft
        self.algorithm = algorithm
        self.checksumType = checksumType
        self.startedAt = startedAt
    }
}

/// A part of an object.
package struct UploadedPart: Hashable, Sendable {
    /// From 1 to 10,000.
    package let number: Int
    package let bytes: Int
    /// The part's MD5 in hexadecimal.
    package let etag: String
    package let checksum: Checksum?
    package let modifiedAt: Timestamp

    package init(number: Int, bytes: Int, etag: String, checksum: Checksum?, modifiedAt: Timestamp) {
        self.number = number
        self.bytes = bytes
        self.etag = etag
        self.checksum = checksum
        self.modifiedAt = modifiedAt
    }
}
