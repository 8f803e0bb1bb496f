/// What makes a queue keep the order of its groups of messages and drop what is sent twice.
package struct FIFOSettings: Hashable, Sendable {
    /// Where a repeated deduplication id means the same message.
    package enum Scope: String, Sendable { case queue, messageGroup }
    /// What AWS bounds the rate of: kept and given back, for this store has no such bound.
    package enum ThroughputLimit: String, Sendable { case perQueue, perMessageGroupId }

    /// Whether a message without a deduplication id has its body's SHA-256 as one.
    package var deduplicatesByContent: Bool
    package var deduplicationScope: Scope
    package var throughputLimit: ThroughputLimit

    package init(
        deduplicatesByContent: Bool = false, deduplicationScope: Scope = .queue,
        throughputLimit: ThroughputLimit = .perQueue
    ) {
        self.deduplicatesByContent = deduplicatesByContent
        self.deduplicationScope = deduplicationScope
        self.throughputLimit = throughputLimit
    }
}
