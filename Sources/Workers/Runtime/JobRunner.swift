package import Documents
package import Logging
package import Queueing
package import SpeakModel
import Telemetry

/// Takes one delivery to its end: check, handle, commit, acknowledge.
///
/// Delivery is at least once; effects are exactly once. All of a job's writes go into one transaction together with its
/// status, on the condition that the job has not completed before. Whatever is killed, and whenever, another delivery
/// finds the job either untouched or completed.
package struct JobRunner: Sendable {
    package let documents: any DocumentStore
    package let enqueuer: JobEnqueuer
    package let handlers: HandlerRegistry
    package let retryPolicy: RetryPolicy
    package let logger: Logger
    package let now: @Sendable () -> Timestamp
    package let events: @Sendable (JobEvent) -> Void

    package init(
        documents: any DocumentStore, enqueuer: JobEnqueuer, handlers: HandlerRegistry,
        retryPolicy: RetryPolicy = RetryPolicy(), logger: Logger, now: @escaping @Sendable () -> Timestamp,
        events: @escaping @Sendable (JobEvent) -> Void = { _ in }
    ) {
        self.documents = documents
        self.enqueuer = enqueuer
        self.handlers = handlers
        self.retryPolicy = retryPolicy
        self.logger = logger
        self.now = now
        self.events = events
    }

    /// - Throws: Only what the stores throw. Then nothing was acknowledged, and the message comes again.
    package func run(_ delivery: Delivery, from source: WorkQueue) async throws {
        do {
            try await run(try JobDocument(parsing: delivery.body), delivery, source)
        } catch let error as JobDocumentError {
            try await refuse(delivery, from: source, because: error)
        }
    }

    private func run(_ document: JobDocument, _ delivery: Delivery, _ source: WorkQueue) async throws {
        let job = JobContext(id: document.id, startedAt: now())
        guard try await begin(document, job, delivery) else {
            try await source.queue.delete(delivery.receipt)
            return tell(.alreadyCompleted, document.kind, delivery, source)
        }
        do {
            let outcome = try await withHeartbeat(for: delivery, on: source) {
                try await handlers.handle(document, job: job)
            }
            for followUp in outcome.followUps { try await enqueuer.enqueue(followUp, trace: delivery.trace.child()) }
            try await commit(outcome, of: document, job)
            try await source.queue.delete(delivery.receipt)
            logger.info("job completed", metadata: metadata(document, delivery))
            tell(.completed, document.kind, delivery, source, since: job.begun)
        } catch {
            if error is CancellationError { throw error }
            try await settle(JobFailure(classifying: error), document, job, delivery, source)
        }
    }

    func tell(
        _ outcome: JobEvent.Outcome, _ kind: JobKind?, _ delivery: Delivery, _ source: WorkQueue,
        since start: ContinuousClock.Instant = .now
    ) {
        events(
            JobEvent(
                outcome: outcome, kind: kind, queue: source.queue.name, duration: .now - start,
                attempt: delivery.receiveCount))
    }

    func metadata(_ document: JobDocument, _ delivery: Delivery) -> Logger.Metadata {
        [
            "job.id": "\(document.id)", "kind": "\(document.kind.rawValue)", "attempt": "\(delivery.receiveCount)",
            "trace.id": "\(delivery.trace.traceID)",
        ]
    }
}

extension JobRunner {
    /// Marks the job as being worked on; `false` if it has completed before.
    private func begin(_ document: JobDocument, _ job: JobContext, _ delivery: Delivery) async throws -> Bool {
        let processing = JobStatusRow.processing(document, attempt: delivery.receiveCount, at: job.startedAt)
        do {
            try await documents.write(processing.describing(document, delivery.trace))
            logger.debug("job started", metadata: metadata(document, delivery))
            return true
        } catch DocumentError.conditionFailed {
            return false
        }
    }

    /// Commits the outcome with the job's status.
    ///
    /// That another delivery committed first is success too.
    private func commit(_ outcome: Outcome, of document: JobDocument, _ job: JobContext) async throws {
        for _ in 0..<Self.maximumPlans {
            let status = JobStatusRow.completed(document, outcome, at: now())
            do {
                return try await documents.transact([status] + outcome.plan(documents))
            } catch DocumentError.transactionCancelled(let reasons) {
                if case .conditionFailed = reasons.first { return }
                try Self.throwIfInvalid(reasons)
            }
        }
        throw JobFailure.snooze(.seconds(1), reason: "Other jobs kept changing the same rows.")
    }

    /// How often a plan is made anew before the job is put off.
    ///
    /// Each time, somebody else's commit went through.
    private static let maximumPlans = 32

    private static func throwIfInvalid(_ reasons: [CancellationReason]) throws {
        for case .invalid(let reason) in reasons {
            throw JobFailure.giveUp(reason: "The tables refused the result: \(reason)")
        }
    }
}
