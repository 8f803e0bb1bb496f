package import SpeakModel

/// What a list tells of an object.
///
/// S3's lists say nothing of its type and its metadata: whoever needs those asks for the object's own.
package struct ObjectSummary: Hashable, Sendable {
    package let key: String
    package let bytes: Int
    /// As in ``ObjectInfo/etag``.
    package let etag: String
    package let modifiedAt: Timestamp

    package init(key: String, bytes: Int, etag: String, modifiedAt: Timestamp) {
        self.key = key
        self.bytes = bytes
        self.etag = etag
        self.modifiedAt = modifiedAt
    }
}

extension ObjectInfo {
    package var summary: ObjectSummary {
        ObjectSummary(key: key, bytes: bytes, etag: etag, modifiedAt: modifiedAt)
    }
}
