import Documents
import Queueing
import SpeakModel

/// What a status row tells of a job before an attempt.
struct JobHistory: Hashable, Sendable {
    private(set) var status: JobStatus?
    /// Attempts that have ended.
    private(set) var attempts = 0
    /// The attempts whose workers died.
    private(set) var deaths: Set<String> = []
    private(set) var openAttempt: Attempt?
    private(set) var isCancelled = false
    /// The delivery that a failed job was given up with.
    private(set) var givenUp: GivenUpDelivery?
    private var createdAt: Timestamp?
    /// Attempts as the row has them, whether they count or not.
    private(set) var storedAttempts = 0
    /// Why the job failed, where it did.
    private(set) var failure: FailureReport?

    init(_ row: Item?) {
        guard let row else { return }
        status = row["status"]?.string.flatMap(JobStatus.init)
        createdAt = row["created_at"]?.string.flatMap(Timestamp.init(iso8601:))
        openAttempt = row["open_attempt"]?.map.flatMap(Attempt.init)
        isCancelled = row[JobStatusRow.cancelledName] != nil
        storedAttempts = row["attempts"]?.int ?? 0
        if status == .failed {
            givenUp = row[GivenUpDelivery.name]?.map.flatMap(GivenUpDelivery.init)
            failure = FailureReport(row, givenUp)
        } else {
            attempts = storedAttempts
            deaths = row["deaths"]?.stringSet ?? []
        }
    }

    /// Whether what was counted before counts no more: a job that had failed is tried anew because somebody wants it.
    var startsAnew: Bool { status == .failed }

    /// From when on the job waits.
    func waitsSince(_ delivery: Delivery) -> Timestamp {
        startsAnew ? delivery.sentAt : min(createdAt ?? delivery.sentAt, delivery.sentAt)
    }

    /// Whether another attempt may be going on, or a later delivery than this one has been begun.
    func isTaken(at now: Timestamp, for delivery: Delivery) -> Bool {
        guard let openAttempt else { return false }
        if openAttempt.messageID == delivery.id.description { return openAttempt.receiveCount > delivery.receiveCount }
        return openAttempt.endsBefore >= now
    }

    /// The attempt whose worker died, if this delivery shows that one did.
    ///
    /// The message came again although its attempt was never closed. Hand-backs and lost leases close theirs.
    func death(shownBy delivery: Delivery) -> Attempt? {
        guard let openAttempt, openAttempt.messageID == delivery.id.description,
            openAttempt.receiveCount < delivery.receiveCount
        else { return nil }
        return openAttempt
    }

    /// The history with the death in it that this delivery shows, if it does.
    func counting(_ delivery: Delivery) -> JobHistory {
        guard let death = death(shownBy: delivery) else { return self }
        var history = self
        history.attempts += 1
        history.deaths.insert(death.id)
        return history
    }
}

extension FailureReport {
    /// What a failed job's row has of it.
    fileprivate init?(_ row: Item, _ delivery: GivenUpDelivery?) {
        guard let reason = row["error"]?.string else { return nil }
        self.init(
            reason: reason, failure: row["failure"]?.string, attempts: row["attempts"]?.int, host: delivery?.host,
            failedAt: row["completed_at"]?.string.flatMap(Timestamp.init(iso8601:)), stack: delivery?.stack)
    }
}
