import Documents
import Logging
import Queueing
import SpeakModel

/// How an attempt begins: one write that opens it and tells what was before.
extension JobRunner {
    /// Opens an attempt.
    ///
    /// - Returns: `nil` if there is nothing to do for this delivery; then it has been dealt with.
    func begin(_ taken: JobDelivery) async throws -> JobRun? {
        let startedAt = now()
        let attempt = Attempt(
            by: worker, of: taken.delivery, startedAt: startedAt, atMost: taken.settings.timeout + grace + Self.settling
        )
        let row: Item?
        do {
            row = try await persistently(taken.lease) {
                let opening = JobStatusRow.processing(taken.document, attempt, at: startedAt)
                return try await documents.write(opening.describing(taken.document, taken.delivery.trace)).old
            }
        } catch DocumentError.conditionFailed(let old) {
            try await turnAway(taken, old)
            return nil
        }
        return try await begin(taken, attempt, JobHistory(row))
    }

    /// How long the end of an attempt may take, behind its time limit.
    private static let settling = Duration.seconds(60)

    private func begin(_ taken: JobDelivery, _ attempt: Attempt, _ before: JobHistory) async throws -> JobRun? {
        let death = before.death(shownBy: taken.delivery)
        let history = death.map(before.adding) ?? before
        if death != nil || history.startsAnew {
            _ = try await persistently(taken.lease) {
                try await documents.write(JobStatusRow.counted(history, of: taken.document.id, in: attempt))
            }
        }
        let run = JobRun(
            taken: taken, attempt: attempt, number: history.attempts + 1,
            job: JobContext(id: taken.document.id, startedAt: attempt.startedAt))
        logger.debug("job started", metadata: metadata(run))
        if let death { logDeath(run, death, count: history.deaths.count) }
        if try await isHopeless(run, history) { return nil }
        return run
    }

    /// Puts away a job that has killed enough workers, and drops one that is too old.
    private func isHopeless(_ run: JobRun, _ history: JobHistory) async throws -> Bool {
        let deaths = history.deaths.count
        let settings = run.taken.settings
        if deaths >= settings.deaths || deaths > 0 && history.attempts >= settings.attempts {
            let times = deaths == 1 ? "once" : deaths == 2 ? "twice" : deaths == 3 ? "three times" : "\(deaths) times"
            try await giveUp(
                run, attempts: history.attempts, because: "The job killed its worker \(times), and is tried no more.",
                .workerDied)
            tell(.quarantined, run, isDeadLetter: true)
            return true
        }
        if let deadline = settings.deadline {
            let createdAt = min(history.createdAt ?? run.delivery.sentAt, run.delivery.sentAt)
            guard run.attempt.startedAt - createdAt > deadline else { return false }
            let reason =
                "The job waited longer than the \(deadline.components.seconds) s that a \(run.document.kind.rawValue) is worth doing in."
            try await drop(run, attempts: history.attempts, because: reason, .expired)
            tell(.expired, run)
            return true
        }
        return false
    }

    /// A delivery that no attempt is made of.
    private func turnAway(_ taken: JobDelivery, _ old: Item?) async throws {
        let row: Item?
        if let old {
            row = old
        } else {
            row = try await documents.get(JobStatusRow.key(taken.document.id), from: Table.asyncJobStatus.name)
        }
        let history = JobHistory(row)
        guard history.status != .completed, row?[JobStatusRow.cancelledName] == nil else {
            try await remove(taken.lease, from: taken.source)
            return tell(.alreadyCompleted, taken)
        }
        if history.openAttempt?.messageID == taken.delivery.id.description {
            // A later delivery of the message is being worked on; this one came late.
            return tell(.leaseLost, taken)
        }
        // Another message for the same job is being worked on: it may fail, so this one stays.
        try await putBack(taken.lease, on: taken.source, after: taken.source.lease)
        tell(.snoozed, taken)
    }

    private func logDeath(_ run: JobRun, _ death: Attempt, count: Int) {
        logger.error(
            "worker died of a job",
            metadata: metadata(run).merging([
                "job.deaths": "\(count)", "worker.host": "\(death.worker.host)",
                "worker.process": "\(death.worker.processID)",
            ]) { $1 })
    }
}
