/// A queue's figures at one moment.
///
/// Senders and receivers go on meanwhile, so they are approximate by nature.
package struct QueueStatistics: Hashable, Sendable {
    package var visible: Int
    /// Leased and not yet deleted.
    package var inFlight: Int
    /// Sent with a delay that has not passed.
    package var delayed: Int
    /// The age of the oldest message that is not in flight; `nil` when there is none.
    package var ageOfOldest: Duration?

    package init(visible: Int, inFlight: Int, delayed: Int, ageOfOldest: Duration?) {
        self.visible = visible
        self.inFlight = inFlight
        self.delayed = delayed
        self.ageOfOldest = ageOfOldest
    }

    package var total: Int { visible + inFlight + delayed }
}
