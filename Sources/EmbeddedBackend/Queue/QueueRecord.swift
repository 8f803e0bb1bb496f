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

    /// Messages sent at this moment or before it are too old.
    func expiryLimit(now: Int64) -> Int64 { now - configuration.retentionPeriod.wholeMilliseconds }
}
