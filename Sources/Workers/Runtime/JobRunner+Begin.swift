import Documents
import Logging
import Queueing
import SpeakModel

/// How an attempt begins: the row is looked at, and one write opens the attempt if the row is still so.
extension JobRunner {
    /// What came of trying to begin.
    private enum Beginning {
        case begun(JobRun)
        /// There is nothing to do for this delivery; it has been dealt with.
        case dealtWith
        /// The row is not what was thought.
        case changed(JobHistory)
    }

    /// Opens an attempt, in a place of the ``company`` that the caller leaves.
    ///
    /// The first delivery of a message finds a job that nobody has begun, nearly always; so that is tried without a look.
    ///
    /// - Returns: `nil` if there is nothing to do for this delivery; then it has been dealt with.
    func begin(_ taken: JobDelivery) async throws -> JobRun? {
        var history = JobHistory(nil)
        if taken.delivery.receiveCount > 1 { history = try await persistently(taken.lease) { try await look(taken) } }
        for _ in 0..<Self.maximumLooks {
            switch try await begin(taken, history) {
            case .begun(let run): return run
            case .dealtWith: return nil
            case .changed(let seen): history = seen
            }
        }
        try await putBack(taken.lease, on: taken.source, after: .seconds(1))
        tell(.snoozed, taken)
        return nil
    }

    /// How often a row is looked at before the message is put off: each time somebody else has changed it.
    private static let maximumLooks = 8

    private func look(_ taken: JobDelivery) async throws -> JobHistory {
        JobHistory(try await documents.get(JobStatusRow.key(taken.document.id), from: Table.asyncJobStatus.name))
    }

    private func begin(_ taken: JobDelivery, _ seen: JobHistory) async throws -> Beginning {
        if try await turnAway(taken, seen) { return .dealtWith }
        if taken.source.wouldDie(taken.delivery), seen.openAttempt == nil {
            try await sendAnew(taken.lease, on: taken.source, after: .zero)
            tell(.handedBack, taken)
            return .dealtWith
        }
        let kind = taken.document.kind
        if let wait = rates.take(kind, perSecond: taken.settings.ratePerSecond) {
            try await putBack(taken.lease, on: taken.source, after: wait)
            tell(.rateLimited, taken)
            return .dealtWith
        }
        let history = seen.counting(taken.delivery)
        guard
            await company.enter(
                alone: !history.deaths.isEmpty, for: Self.companyPatience, unless: [taken.lease.lost, taken.handBack])
        else {
            rates.giveBack(kind)
            try await putBack(taken.lease, on: taken.source, after: .seconds(1))
            tell(.snoozed, taken)
            return .dealtWith
        }
        do {
            let beginning = try await open(taken, seen, history)
            if case .begun = beginning { return beginning }
            company.leave()
            rates.giveBack(kind)
            return beginning
        } catch {
            company.leave()
            throw error
        }
    }

    /// How long a job waits that must be alone, or for one that must be.
    private static let companyPatience = Duration.seconds(10)

    private func open(_ taken: JobDelivery, _ seen: JobHistory, _ history: JobHistory) async throws -> Beginning {
        let attempt = Attempt(
            by: worker, of: taken.delivery, startedAt: now(), atMost: taken.settings.timeout + grace + Self.settling)
        var row: Item?
        do {
            let opening = try JobStatusRow.opening(taken, attempt, seen: seen, history)
            row = try await persistently(taken.lease) { try await documents.write(opening).old }
        } catch DocumentError.conditionFailed(let old) {
            row = old
            if row == nil {
                row = try await persistently(taken.lease) {
                    try await documents.get(JobStatusRow.key(taken.document.id), from: Table.asyncJobStatus.name)
                }
            }
            let found = JobHistory(row)
            // Unless it is this very write, whose answer was lost.
            guard found.openAttempt?.id == attempt.id else { return .changed(found) }
        } catch let error where StoreFault(error) != nil || error is QueueError {
            await retract(attempt, of: taken, after: error)
            throw error
        }
        let since = seen.startsAnew ? taken.delivery.sentAt : JobHistory(row).waitsSince(taken.delivery)
        let run = JobRun(taken: taken, attempt: attempt, history: history, waitsSince: since)
        logger.debug("job started", metadata: metadata(run))
        if let death = seen.death(shownBy: taken.delivery) { logDeath(run, death, count: history.deaths.count) }
        return .begun(run)
    }

    /// How long the end of an attempt may take, behind its time limit.
    private static let settling = Duration.seconds(60)

    /// Puts away a job that has killed enough workers, and drops one that is too old.
    func isHopeless(_ run: JobRun) async throws -> Bool {
        let (deaths, attempts) = (run.history.deaths.count, run.history.attempts)
        let settings = run.taken.settings
        if deaths >= settings.deaths || deaths > 0 && attempts >= settings.attempts {
            let times = deaths == 1 ? "once" : deaths == 2 ? "twice" : deaths == 3 ? "three times" : "\(deaths) times"
            try await giveUp(
                run, counts: false, attempts: attempts,
                because: "The job killed its worker \(times), and is tried no more.", .workerDied)
            tell(.quarantined, run, isDeadLetter: true)
        } else if let deadline = settings.deadline, run.attempt.startedAt - run.waitsSince > deadline {
            let reason =
                "The job waited longer than the \(deadline.components.seconds) s that a \(run.document.kind.rawValue) is worth doing in."
            try await drop(run, counts: false, because: reason, .expired)
            tell(.expired, run)
        } else {
            return false
        }
        rates.giveBack(run.document.kind)
        return true
    }

    /// Deals with a delivery that no attempt is made of.
    ///
    /// - Returns: Whether it is one.
    private func turnAway(_ taken: JobDelivery, _ history: JobHistory) async throws -> Bool {
        if history.status == .completed || history.isCancelled {
            try await remove(taken.lease, from: taken.source)
            tell(.alreadyCompleted, taken)
        } else if let delivery = history.givenUp, delivery.isRepeated(by: taken.delivery) {
            try await finishGivingUp(taken, history, delivery)
        } else if !history.isTaken(at: now(), for: taken.delivery) {
            return false
        } else if history.openAttempt?.messageID == taken.delivery.id.description {
            // A later delivery of the message is being worked on; this one came late.
            tell(.leaseLost, taken)
        } else {
            // Another message for the same job is being worked on: it may fail, so this one stays.
            try await putBack(taken.lease, on: taken.source, after: taken.source.lease)
            tell(.snoozed, taken)
        }
        return true
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
