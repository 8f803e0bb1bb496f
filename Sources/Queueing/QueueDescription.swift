package import SpeakModel

/// What a service knows of a queue beside its messages.
package struct QueueDescription: Hashable, Sendable {
    package let name: String
    package let configuration: QueueConfiguration
    package let createdAt: Timestamp
    /// When its configuration was last replaced.
    package let modifiedAt: Timestamp
    package let tags: [String: String]

    package init(
        name: String, configuration: QueueConfiguration, createdAt: Timestamp, modifiedAt: Timestamp,
        tags: [String: String]
    ) {
        self.name = name
        self.configuration = configuration
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
        self.tags = tags
    }
}
