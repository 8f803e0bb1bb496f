package import Documents
package import SpeakModel

/// Does the work of one kind of job.
///
/// A handler reads what it needs and answers with an ``Outcome``: the writes that the runtime commits together with the
/// job's status. It writes no row itself. Objects it may store beforehand, under keys that depend on the request alone,
/// so that doing it twice leaves what doing it once leaves.
package protocol JobHandler<Payload>: Sendable {
    associatedtype Payload: JobPayload

    /// - Throws: ``JobFailure`` to say what shall happen now. Any other error is classified by
    ///   ``JobFailure/init(classifying:)``.
    func handle(_ payload: Payload, job: JobContext) async throws -> Outcome

    /// The writes that tell the row's readers that the job has failed for good.
    func failureWrites(_ payload: Payload, job: JobContext, reason: String) -> [DocumentWrite]
}

extension JobHandler {
    package func failureWrites(_ payload: Payload, job: JobContext, reason: String) -> [DocumentWrite] { [] }
}

/// What a handler knows about the job it works on, besides the payload.
package struct JobContext: Sendable {
    package let id: String
    /// When this attempt began.
    package let startedAt: Timestamp

    package init(id: String, startedAt: Timestamp) {
        self.id = id
        self.startedAt = startedAt
    }
}
