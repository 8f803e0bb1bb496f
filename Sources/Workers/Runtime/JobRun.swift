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
}

/// One attempt at a job, from its beginning to its end.
struct JobRun: Sendable {
    let taken: JobDelivery
    let attempt: Attempt
    /// How often the job has been tried, this attempt included.
    let number: Int
    let job: JobContext
    let begun = ContinuousClock.now

    var document: JobDocument { taken.document }
    var delivery: Delivery { taken.delivery }
    var lease: Lease { taken.lease }
    var isLastAttempt: Bool { number >= taken.settings.attempts }
}
