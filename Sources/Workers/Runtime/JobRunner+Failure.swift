import Documents
import Logging
import Queueing
import SpeakModel

/// What becomes of a job that could not be done.
extension JobRunner {
    /// Retries, puts off or gives up, as the error says.
    func settle(_ run: JobRun, _ error: any Error) async throws {
        if let fault = StoreFault(error) { return try await settle(run, fault, error) }
        let failure = JobFailure(classifying: error)
        logFailure(run, failure.label)
        switch failure {
        case .giveUp(let reason):
            try await drop(run, attempts: run.number, because: reason, .failed)
            tell(.failed, run)
        case .retry(let reason):
            try await retry(run, because: reason, .failed, stack: String(reflecting: error))
        case .snooze(let duration, let reason):
            try await pend(run, attempts: run.number - 1, because: reason, nil)
            try await putBack(run.lease, on: run.taken.source, after: duration)
            tell(.snoozed, run)
        }
    }

    func settle(_ run: JobRun, _ interruption: HandlerRun.Interruption) async throws {
        switch interruption {
        case .leaseLost: throw QueueError.leaseLost(run.delivery.id)
        case .handBack: try await handBack(run)
        case .timedOut:
            logFailure(run, FailureKind.timedOut.rawValue)
            let limit = run.taken.settings.timeout / .seconds(1)
            let reason = "An attempt took longer than the \(limit) s that a \(run.document.kind.rawValue) may take."
            try await retry(run, because: reason, .timedOut, stack: nil)
        }
    }

    /// The stores' trouble is not the job's: no attempt is counted, unless it has lasted a day.
    ///
    /// - Throws: The error, for the worker to wait with all jobs.
    private func settle(_ run: JobRun, _ fault: StoreFault, _ error: any Error) async throws {
        logFailure(run, "store")
        guard run.attempt.startedAt - run.delivery.sentAt < Self.patience else {
            return try await retry(run, because: fault.sentence, .failed, stack: nil)
        }
        try await pend(run, attempts: run.number - 1, because: fault.sentence, nil)
        try await putBack(run.lease, on: run.taken.source, after: delay(afterAttempt: run.delivery.receiveCount, run))
        tell(.snoozed, run)
        throw error
    }

    private static let patience = Duration.seconds(86_400)

    private func retry(_ run: JobRun, because reason: String, _ failure: FailureKind, stack: String?) async throws {
        if run.isLastAttempt {
            try await giveUp(run, attempts: run.number, because: reason, failure, stack: stack)
            return tell(.failed, run, isDeadLetter: true)
        }
        try await pend(run, attempts: run.number, because: reason, failure)
        try await putBack(
            run.lease, on: run.taken.source, after: delay(afterAttempt: run.number, run), reason: reason)
        tell(failure == .timedOut ? .timedOut : .retried, run)
    }

    private func delay(afterAttempt attempt: Int, _ run: JobRun) -> Duration {
        var random = SystemRandomNumberGenerator()
        return run.taken.settings.retryPolicy.delay(afterAttempt: attempt, using: &random)
    }

    private func handBack(_ run: JobRun) async throws {
        try await pend(run, attempts: run.number - 1, because: nil, nil)
        try await putBack(run.lease, on: run.taken.source, after: .zero)
        tell(.handedBack, run)
    }

    /// FAILED, and the message goes to the dead letters.
    func giveUp(
        _ run: JobRun, attempts: Int, because reason: String, _ failure: FailureKind, stack: String? = nil
    ) async throws {
        try await fail(run, attempts: attempts, because: reason, failure)
        let report = FailureReport(
            reason: reason, failure: failure.rawValue, attempts: attempts, host: worker.host, failedAt: now(),
            stack: stack)
        try await deadLetter(run.lease, from: run.taken.source, report)
    }

    /// FAILED, and the message goes.
    func drop(_ run: JobRun, attempts: Int, because reason: String, _ failure: FailureKind) async throws {
        try await fail(run, attempts: attempts, because: reason, failure)
        try await remove(run.lease, from: run.taken.source)
    }

    /// Commits the failure, unless another delivery completed the job meanwhile.
    ///
    /// Rows that cannot be written must not keep the status from saying so.
    private func fail(_ run: JobRun, attempts: Int, because reason: String, _ failure: FailureKind) async throws {
        let status = JobStatusRow.failed(
            run.document, run.attempt, attempts: attempts, because: reason, failure, at: now())
        let others = handlers.failureWrites(run.document, job: run.job, reason: reason)
        try await persistently(run.lease) {
            do { try await documents.transact([status] + others) } catch DocumentError.transactionCancelled(let reasons)
                where !reasons.contains(.conflict)
            {
                try await writeUnlessCompleted(status, id: run.document.id)
            } catch DocumentError.invalid {
                try await writeUnlessCompleted(status, id: run.document.id)
            }
        }
    }

    private func pend(_ run: JobRun, attempts: Int, because reason: String?, _ failure: FailureKind?) async throws {
        let status = JobStatusRow.waiting(
            run.document, run.attempt, attempts: attempts, because: reason, failure, at: now())
        try await persistently(run.lease) { try await writeUnlessCompleted(status, id: run.document.id) }
    }

    private func writeUnlessCompleted(_ status: DocumentWrite, id: String) async throws {
        do { try await documents.write(status) } catch DocumentError.conditionFailed {
            logger.notice("job was settled before", metadata: ["job.id": "\(id)"])
        }
    }

    /// Says of a lost lease that it was no death, as well as it can be said.
    ///
    /// If nobody has begun the job anew, the attempt is closed; if somebody has, and took this worker for dead, that is
    /// taken back.
    func retract(_ run: JobRun) async {
        let status = JobStatusRow.waiting(
            run.document, run.attempt, attempts: run.number - 1, because: nil, nil, at: now())
        let end = ContinuousClock.now + Self.retracting
        do {
            try await persistently(while: { ContinuousClock.now < end }) {
                do { try await documents.write(status) } catch DocumentError.conditionFailed {
                    try await documents.write(JobStatusRow.undead(run.attempt, of: run.document.id))
                }
            }
        } catch DocumentError.conditionFailed {
            // Nobody took this worker for dead.
        } catch {
            logger.notice("lost lease was not told", metadata: metadata(run).merging(["error": "\(error)"]) { $1 })
        }
    }

    private static let retracting = Duration.seconds(15)

    /// A message that is no job goes to the dead letters, where an operator sees it.
    ///
    /// Its status is kept under the job's id where that can be read, and under the message's where it cannot.
    func refuse(_ lease: Lease, from source: WorkQueue, because error: JobDocumentError) async throws {
        logger.warning("message is no job", metadata: ["message.id": "\(lease.delivery.id)"])
        let id = error.jobID ?? lease.delivery.id.description
        let status = JobStatusRow.refused(id: id, kind: error.kind, because: error.description, at: now())
        try await persistently(lease) { try await writeUnlessCompleted(status, id: id) }
        let report = FailureReport(
            reason: error.description, failure: FailureKind.refused.rawValue, attempts: 0, host: worker.host,
            failedAt: now())
        try await deadLetter(lease, from: source, report)
        events(
            JobEvent(
                outcome: .refused, kind: error.kind, queue: source.queue.name, duration: .zero, attempt: 0,
                isDeadLetter: true))
    }

    private func logFailure(_ run: JobRun, _ label: String) {
        logger.warning("job failed", metadata: metadata(run).merging(["job.failure": "\(label)"]) { $1 })
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
