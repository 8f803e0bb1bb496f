import Documents
import Logging
import Queueing
import SpeakModel

/// What becomes of a job that could not be done.
extension JobRunner {
    /// Retries, puts off or gives up, as the failure says.
    func settle(
        _ failure: JobFailure, _ document: JobDocument, _ job: JobContext, _ delivery: Delivery,
        _ source: WorkQueue
    ) async throws {
        logger.warning(
            "job failed", metadata: metadata(document, delivery).merging(["job.failure": "\(failure.label)"]) { $1 })
        switch failure {
        case .giveUp(let reason):
            try await fail(document, job, because: reason)
            try await source.queue.delete(delivery.receipt)
            tell(.failed, document.kind, delivery, source, since: job.begun)
        case .retry(let reason):
            try await retry(document, job, delivery, source, because: reason)
        case .snooze(let duration, let reason):
            try await snooze(document, job, delivery, source, for: duration, because: reason)
        }
    }

    private func retry(
        _ document: JobDocument, _ job: JobContext, _ delivery: Delivery, _ source: WorkQueue,
        because reason: String
    ) async throws {
        if let policy = source.configuration.redrivePolicy, delivery.receiveCount >= policy.maximumReceiveCount {
            try await fail(document, job, because: reason)
            try await ignoringLostLease { try await source.queue.deadLetter(delivery, reason: reason) }
            tell(.failed, document.kind, delivery, source, since: job.begun)
        } else {
            try await pend(document, because: reason)
            var random = SystemRandomNumberGenerator()
            let delay = retryPolicy.delay(afterAttempt: delivery.receiveCount, using: &random)
            try await ignoringLostLease {
                try await source.queue.changeVisibility(of: delivery.receipt, to: delay, reason: reason)
            }
            tell(.retried, document.kind, delivery, source, since: job.begun)
        }
    }

    /// Sends the message anew with a delay, which starts its count of attempts from zero, and deletes this one.
    ///
    /// A crash in between leaves two messages for one job, and its effects still happen once.
    private func snooze(
        _ document: JobDocument, _ job: JobContext, _ delivery: Delivery, _ source: WorkQueue, for duration: Duration,
        because reason: String
    ) async throws {
        try await pend(document, because: reason)
        try await source.queue.send(
            OutgoingMessage(body: delivery.body, attributes: delivery.attributes, delay: duration))
        try await source.queue.delete(delivery.receipt)
        tell(.snoozed, document.kind, delivery, source, since: job.begun)
    }

    /// Commits the failure, unless another delivery completed the job meanwhile.
    ///
    /// Rows that cannot be written must not keep the status from saying so.
    private func fail(_ document: JobDocument, _ job: JobContext, because reason: String) async throws {
        let status = JobStatusRow.failed(id: document.id, kind: document.kind, because: reason, at: now())
        do {
            try await documents.transact([status] + handlers.failureWrites(document, job: job, reason: reason))
        } catch DocumentError.transactionCancelled, DocumentError.invalid {
            try await writeUnlessCompleted(status, id: document.id)
        }
    }

    private func pend(_ document: JobDocument, because reason: String) async throws {
        try await writeUnlessCompleted(
            JobStatusRow.waiting(document, because: reason, at: now()), id: document.id)
    }

    private func writeUnlessCompleted(_ status: DocumentWrite, id: String) async throws {
        do { try await documents.write(status) } catch DocumentError.conditionFailed {
            logger.notice("job had completed before", metadata: ["job.id": "\(id)"])
        }
    }

    /// A message that is no job goes to the dead letters, where an operator sees it.
    ///
    /// Its status is kept under the job's id where that can be read, and under the message's where it cannot.
    func refuse(_ delivery: Delivery, from source: WorkQueue, because error: JobDocumentError) async throws {
        logger.warning("message is no job", metadata: ["message.id": "\(delivery.id)"])
        let id = error.jobID ?? delivery.id.description
        try await writeUnlessCompleted(
            JobStatusRow.failed(id: id, kind: error.kind, because: error.description, at: now()), id: id)
        try await ignoringLostLease { try await source.queue.deadLetter(delivery, reason: error.description) }
        tell(.refused, error.kind, delivery, source)
    }

    private func ignoringLostLease(_ body: () async throws -> Void) async throws {
        do { try await body() } catch QueueError.leaseLost {
            logger.notice("lease was lost")
        }
    }
}

extension JobFailure {
    /// A fixed word a case, safe as a metric's label.
    package var label: String {
        switch self {
        case .retry: "retry"
        case .giveUp: "give_up"
        case .snooze: "snooze"
        }
    }
}
