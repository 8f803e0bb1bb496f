package import SpeakModel

package struct ObjectInfo: Hashable, Sendable {
    package let key: String
    package let bytes: Int
    package let contentType: String
    package let metadata: [String: String]
    /// The body's MD5 in hexadecimal, as S3 has it for objects put in one piece.
    package let etag: String
    package let modifiedAt: Timestamp

    package init(
        key: String, bytes: Int, contentType: String, metadata: [String: String], etag: String, modifiedAt: Timestamp
    ) {
        self.key = key
        self.bytes = bytes
        self.contentType = contentType
        self.metadata = metadata
        self.etag = etag
        self.modifiedAt = modifiedAt
    }
}

package struct StoredObject: Hashable, Sendable {
    package let info: ObjectInfo
    /// The whole body, or the range that was asked for.
    package let body: [UInt8]

    package init(info: ObjectInfo, body: [UInt8]) {
        self.info = info
        self.body = body
    }
}
