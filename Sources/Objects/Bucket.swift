package import SpeakModel

/// A bucket, and what it was told beside its objects.
package struct Bucket: Hashable, Sendable {
    package let name: BucketName
    package let createdAt: Timestamp
    /// Documents by names of the caller's choice; the store keeps them as they are.
    package let settings: [String: String]

    package init(name: BucketName, createdAt: Timestamp, settings: [String: String]) {
        self.name = name
        self.createdAt = createdAt
        self.settings = settings
    }
}
