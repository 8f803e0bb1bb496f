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
