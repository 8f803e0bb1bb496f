import Documents
import Logging
import Queueing
import SpeakModel
import Telemetry

/// What becomes of a job that could not be done.
extension JobRunner {
    /// Retries, puts off or gives up, as the error says.
    func settle(_ run: JobRun, _ error: any Error) async throws {
        if let fault = StoreFault(error) { return try await settle(run, fault, error) }
        let failure = JobFailure(classifying: error)
        logFailure(run, failure.label, because: failure.reason)
        switch failure {
        case .giveUp(let reason):
            try await drop(run, counts: true, because: reason, .failed)
            tell(.failed, run)
        case .retry(let reason):
            try await retry(run, because: reason, .failed, stack: String(reflecting: error))
        case .snooze(let duration, let reason):
            try await pend(run, counts: false, because: reason, nil)
            try await putBack(run.lease, on: run.taken.source, after: duration)
            tell(.snoozed, run)
        }
    }

    func settle(_ run: JobRun, _ interruption: HandlerRun.Interruption) async throws {
        switch interruption {
        case .leaseLost: throw QueueError.leaseLost(run.delivery.id)
        case .handBack: try await handBack(run)
        case .timedOut:
            let limit = run.taken.settings.timeout / .seconds(1)
            let reason = "An attempt took longer than the \(limit) s that a \(run.document.kind.rawValue) may take."
            logFailure(run, FailureKind.timedOut.rawValue, because: reason)
            try await retry(run, because: reason, .timedOut, stack: nil)
        }
    }

    /// The stores' trouble is not the job's: no attempt is counted, unless it has lasted a day.
    ///
    /// - Throws: The error, for the worker to wait with all jobs.
    private func settle(_ run: JobRun, _ fault: StoreFault, _ error: any Error) async throws {
        logFailure(run, "store", because: fault.sentence)
        guard run.attempt.startedAt - run.waitsSince < Self.patience else {
            return try await retry(run, because: fault.sentence, .failed, stack: nil)
        }
        try await pend(run, counts: false, because: fault.sentence, nil)
        try await putBack(run.lease, on: run.taken.source, after: delay(afterAttempt: run.delivery.receiveCount, run))
        tell(.snoozed, run)
        throw error
    }

    private static let patience = Duration.seconds(86_400)

    private func retry(_ run: JobRun, because reason: String, _ failure: FailureKind, stack: String?) async throws {
        let attempts = try await attempts(of: run)
        if attempts >= run.taken.settings.attempts {
            try await giveUp(run, counts: true, attempts: attempts, because: reason, failure, stack: stack)
            return tell(.failed, run, isDeadLetter: true)
        }
        try await pend(run, counts: true, because: reason, failure)
        try await putBack(
            run.lease, on: run.taken.source, after: delay(afterAttempt: run.number, run), reason: reason)
        tell(failure == .timedOut ? .timedOut : .retried, run)
    }

    /// How often the job has been tried, this attempt included.
    ///
    /// A worker that was taken for dead may have taken that back since this attempt began.
    private func attempts(of run: JobRun) async throws -> Int {
        if run.history.deaths.isEmpty { return run.number }
        let row = try await persistently(run.lease) {
            try await documents.get(JobStatusRow.key(run.document.id), from: Table.asyncJobStatus.name)
        }
        return JobHistory(row).attempts + 1
    }

    private func delay(afterAttempt attempt: Int, _ run: JobRun) -> Duration {
        var random = SystemRandomNumberGenerator()
        return run.taken.settings.retryPolicy.delay(afterAttempt: attempt, using: &random)
    }

    func handBack(_ run: JobRun) async throws {
        try await pend(run, counts: false, because: nil, nil)
        try await putBack(run.lease, on: run.taken.source, after: .zero)
        tell(.handedBack, run)
    }

    /// FAILED, and the message goes to the dead letters.
    ///
    /// - Parameter counts: Whether this attempt is one of them.
    func giveUp(
        _ run: JobRun, counts: Bool, attempts: Int, because reason: String, _ failure: FailureKind,
        stack: String? = nil
    ) async throws {
        let delivery = GivenUpDelivery(run.delivery, isLetter: true, host: worker.host, stack: stack)
        try await fail(run, counts: counts, because: reason, failure, delivery)
        let report = FailureReport(
            reason: reason, failure: failure.rawValue, attempts: attempts, host: worker.host, failedAt: now(),
            stack: stack)
        try await deadLetter(run.lease, from: run.taken.source, report)
    }

    /// FAILED, and the message goes.
    func drop(_ run: JobRun, counts: Bool, because reason: String, _ failure: FailureKind) async throws {
        let delivery = GivenUpDelivery(run.delivery, isLetter: false, host: worker.host, stack: nil)
        try await fail(run, counts: counts, because: reason, failure, delivery)
        try await remove(run.lease, from: run.taken.source)
    }

    /// Puts the message of a job out of the way that has failed for good, where an earlier worker did not come to it.
    func finishGivingUp(_ taken: JobDelivery, _ history: JobHistory, _ delivery: GivenUpDelivery) async throws {
        guard delivery.isLetter, let report = history.failure else {
            try await remove(taken.lease, from: taken.source)
            return tell(.alreadyFailed, taken)
        }
        try await deadLetter(taken.lease, from: taken.source, report)
        tell(.alreadyFailed, taken, isDeadLetter: true)
    }

    /// Commits the failure, unless another delivery completed the job meanwhile.
    ///
    /// Rows that cannot be written must not keep the status from saying so.
    private func fail(
        _ run: JobRun, counts: Bool, because reason: String, _ failure: FailureKind, _ delivery: GivenUpDelivery
    ) async throws {
        let status = JobStatusRow.failed(
            run.document, run.attempt, counts: counts, because: reason, failure, delivery, at: now())
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

    private func pend(_ run: JobRun, counts: Bool, because reason: String?, _ failure: FailureKind?) async throws {
        let status = JobStatusRow.waiting(
            run.document, run.attempt, counts: counts, because: reason, failure, at: now())
        try await persistently(run.lease) { try await writeUnlessCompleted(status, id: run.document.id) }
    }

    private func writeUnlessCompleted(_ status: DocumentWrite, id: String) async throws {
        do { try await documents.write(status) } catch DocumentError.conditionFailed {
            logger.notice("job was settled before", metadata: ["job.id": "\(id)"])
        }
    }

    /// Says of an attempt that ended without a word that it was no death, as well as it can be said.
    ///
    /// If nobody has begun the job anew, the attempt is closed; if somebody has, and took this worker for dead, that is
    /// taken back.
    func retract(_ attempt: Attempt, of taken: JobDelivery) async {
        await retract(attempt, of: taken, for: Self.retracting) { $0.isPassing }
    }

    /// The same, where a store refuses what somebody must mend: as long as this worker bears it, and beside its work.
    func retract(_ attempt: Attempt, of taken: JobDelivery, after error: any Error) async {
        guard case .lasting = StoreFault(error) else { return await retract(attempt, of: taken) }
        Task { await retract(attempt, of: taken, for: Trouble.patience) { _ in true } }
    }

    private func retract(
        _ attempt: Attempt, of taken: JobDelivery, for patience: Duration, if bears: (StoreFault) -> Bool
    ) async {
        let status = JobStatusRow.waiting(taken.document, attempt, counts: false, because: nil, nil, at: now())
        let end = ContinuousClock.now + patience
        do {
            try await persistently(while: { ContinuousClock.now < end }, if: bears) {
                do { try await documents.write(status) } catch DocumentError.conditionFailed {
                    try await documents.write(JobStatusRow.undead(attempt, of: taken.document.id))
                }
            }
        } catch DocumentError.conditionFailed {
            // Nobody took this worker for dead.
        } catch {
            logger.notice("end of an attempt was not told", metadata: metadata(taken, ["error": "\(error)"]))
        }
    }

    private static let retracting = Duration.seconds(15)

    /// A message that is no job goes to the dead letters, where an operator sees it.
    ///
    /// Its status is kept under the job's id where that can be read, and under the message's where it cannot.
    func refuse(_ lease: Lease, from source: WorkQueue, because error: JobDocumentError) async throws {
        logger.warning(
            "message is no job",
            metadata: ["message.id": "\(lease.delivery.id)", "trace.id": "\(lease.delivery.trace.traceID)"])
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

    private func logFailure(_ run: JobRun, _ label: String, because reason: String) {
        logger.warning(
            "job failed", metadata: metadata(run).merging(["job.failure": "\(label)", "error": "\(reason)"]) { $1 })
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
