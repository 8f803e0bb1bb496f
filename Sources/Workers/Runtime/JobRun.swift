import Documents
import Queueing
import SpeakModel

/// One delivery of a job in a worker's hands.
struct JobDelivery: Sendable {
    let document: JobDocument
    let delivery: Delivery
    let source: WorkQueue
    let lease: Lease
    let settings: KindSettings
    /// Happens when the worker stops and cannot wait for the job.
    let handBack: OneTimeEvent
}

/// One attempt at a job, from its beginning to its end.
struct JobRun: Sendable {
    let taken: JobDelivery
    let attempt: Attempt
    /// What was before.
    let history: JobHistory
    /// From when on the job waits.
    let waitsSince: Timestamp
    let begun = ContinuousClock.now

    /// How often the job has been tried, this attempt included.
    var number: Int { history.attempts + 1 }
    var job: JobContext { JobContext(id: document.id, startedAt: attempt.startedAt) }
    var document: JobDocument { taken.document }
    var delivery: Delivery { taken.delivery }
    var lease: Lease { taken.lease }
}

/// What has become of a delivery when its run has ended.
enum RunEnding {
    /// There was nothing to do for it, and its message is dealt with.
    case notBegun
    /// The job was worked on, and the message is dealt with.
    case dealtWith
    /// The job is completed, and its message is to be removed.
    case completed
}
