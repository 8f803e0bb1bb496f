/// What a worker tells whoever watches it: one event a delivery.
package enum JobEvent: Hashable, Sendable {
    case completed
    /// Another delivery had completed the job before.
    case alreadyCompleted
    case failed
    case retried
    case snoozed
    /// The message was no job.
    case refused
}
