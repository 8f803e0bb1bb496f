import Queueing
import SpeakModel

/// A queue's row.
struct QueueRecord: Sendable {
    let name: String
    /// What its messages carry.
    ///
    /// A purge changes it.
    let id: Int64
    let configuration: QueueConfiguration
    let tags: [String: String]
    let createdAt: Int64
    let modifiedAt: Int64
    /// Whether messages of a standard queue have named groups.
    let isGrouped: Bool

    var isFIFO: Bool { configuration.fifo != nil }

    var description: QueueDescription {
        QueueDescription(
            name: name, configuration: configuration, createdAt: Timestamp(milliseconds: createdAt),
            modifiedAt: Timestamp(milliseconds: modifiedAt), tags: tags)
    }

    /// Messages sent at this moment or before it are too old.
    func expiryLimit(now: Int64) -> Int64 { now - configuration.retentionPeriod.wholeMilliseconds }
}
