/// `s3://bucket/key`, as AWS's own tools write it.
package struct ObjectAddress: Hashable, Sendable {
    package let bucket: String
    package let key: String

    /// Where the school's audio is.
    package static let schoolBucket = "speaktracker-audio"

    /// `nil` for what is no such address.
    package init?(_ text: String) {
        guard text.hasPrefix("s3://") else { return nil }
        let parts = text.dropFirst(5).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bucket = parts.first, !bucket.isEmpty else { return nil }
        (self.bucket, key) = (String(bucket), parts.count > 1 ? String(parts[1]) : "")
    }
}
