package import SpeakModel

/// What a worker tells whoever watches it: one event a delivery.
package struct JobEvent: Hashable, Sendable {
    /// What became of the delivery.
    package enum Outcome: String, CaseIterable, Sendable {
        case completed
        /// Another delivery had completed the job before.
        case alreadyCompleted = "already_completed"
        /// An earlier delivery had given the job up, and its message was still there.
        case alreadyFailed = "already_failed"
        /// The job has failed for good.
        case failed
        /// An attempt failed, and the job comes again.
        case retried
        /// It was too early for the job.
        case snoozed
        /// Jobs of its kind had reached their rate.
        case rateLimited = "rate_limited"
        /// The message was no job.
        case refused
        /// An attempt took longer than its kind may, and the job comes again.
        case timedOut = "timed_out"
        /// Another worker has the message now, or may have it.
        case leaseLost = "lease_lost"
        /// The job has killed as many workers as it may.
        case quarantined
        /// The job was older than its kind may be.
        case expired
        /// The worker stopped before the job was done, and no attempt was counted.
        case handedBack = "handed_back"
    }

    package let outcome: Outcome
    /// `nil` where the message names none.
    package let kind: JobKind?
    /// The queue's name.
    package let queue: String
    /// From the moment that the job was begun.
    package let duration: Duration
    /// How often the job has been tried, this time included; 0 where it was not begun.
    package let attempt: Int
    /// Whether the message lies with the dead letters now.
    package let isDeadLetter: Bool

    package init(
        outcome: Outcome, kind: JobKind?, queue: String, duration: Duration, attempt: Int,
        isDeadLetter: Bool = false
    ) {
        self.outcome = outcome
        self.kind = kind
        self.queue = queue
        self.duration = duration
        self.attempt = attempt
        self.isDeadLetter = isDeadLetter
    }
}

extension JobEvent.Outcome {
    /// Whether the job's status is final by this.
    package var isFinal: Bool {
        switch self {
        case .completed, .alreadyCompleted, .alreadyFailed, .failed, .refused, .quarantined, .expired: true
        case .retried, .snoozed, .rateLimited, .timedOut, .leaseLost, .handedBack: false
        }
    }
}
