/// What is said of an object when it is put, beside its bytes.
package struct ObjectDraft: Hashable, Sendable {
    package var key: String
    package var contentType: String
    /// What S3 calls user metadata, its names in lower case.
    package var metadata: [String: String]
    /// What is given back as it came: `cache-control`, `content-disposition`, `content-encoding` and their like.
    package var headers: [String: String]
    package var tags: [String: String]

    package init(
        key: String, contentType: String = "binary/octet-stream", metadata: [String: String] = [:],
        headers: [String: String] = [:], tags: [String: String] = [:]
    ) {
        self.key = key
        self.contentType = contentType
        self.metadata = metadata
        self.headers = headers
        self.tags = tags
    }
}
