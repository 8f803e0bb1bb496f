/// What came of deleting a delivery.
package enum Deletion: Hashable, Sendable {
    /// The message is gone for good.
    case deleted
    /// The receipt is not the message's latest, or the message is gone already: nothing was removed, nothing is wrong.
    case stale
    /// The lease has ended and the message of a FIFO queue is still there: others may receive it, so it stays.
    case expired
}
