package import Documents
package import SpeakModel
package import Telemetry

/// Takes jobs from backends without an AWS SDK, and says what became of them.
package protocol JobDesk: Sendable {
    /// Puts a job on its queue: its status row and its message appear together or not at all.
    func submit(_ document: JobDocument, trace: TraceParent, once key: IdempotencyKey?) async throws -> Submission

    /// The job's row in AsyncJobStatus; `nil` if there is none.
    func row(ofJob id: String) async throws -> Item?
}

/// What came of a job that was handed in.
package enum Submission: Hashable, Sendable {
    case enqueued
    /// The same request was made before, and is answered as it was then.
    case repeated(answer: String)
    /// A job of this id has been done before; nothing was enqueued.
    case completedBefore
    /// A job of this id with another payload has not ended; nothing was enqueued.
    case conflict
}
