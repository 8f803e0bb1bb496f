package import SpeakModel

package struct ObjectInfo: Hashable, Sendable {
    package let key: String
    package let bytes: Int
    package let contentType: String
    package let metadata: [String: String]
    /// Headers that are given back as they came, their names in lower case.
    package let headers: [String: String]
    package let tags: [String: String]
    /// The body's MD5 in hexadecimal; for a body in parts that of the parts' MD5s, a hyphen and their number.
    package let etag: String
    package let checksum: Checksum?
    package let modifiedAt: Timestamp
    /// How many parts it was put in; `nil` for one.
    package let partCount: Int?

    package init(
        key: String, bytes: Int, contentType: String, metadata: [String: String], headers: [String: String] = [:],
        tags: [String: String] = [:], etag: String, checksum: Checksum? = nil, modifiedAt: Timestamp,
        partCount: Int? = nil
    ) {
        self.key = key
        self.bytes = bytes
        self.contentType = contentType
        self.metadata = metadata
        self.headers = headers
        self.tags = tags
        self.etag = etag
        self.checksum = checksum
        self.modifiedAt = modifiedAt
        self.partCount = partCount
    }

    /// What an object like this one would be put with.
    package var draft: ObjectDraft {
        ObjectDraft(key: key, contentType: contentType, metadata: metadata, headers: headers, tags: tags)
    }
}
