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
    private(set) var createdAt: Timestamp?
    /// Whether what was counted before counts no more: a job that had failed is tried anew because somebody wants it.
    private(set) var startsAnew = false

    init(_ row: Item?) {
        guard let row else { return }
        status = row["status"]?.string.flatMap(JobStatus.init)
        createdAt = row["created_at"]?.string.flatMap(Timestamp.init(iso8601:))
        openAttempt = row["open_attempt"]?.map.flatMap(Attempt.init)
        attempts = row["attempts"]?.int ?? 0
        deaths = row["deaths"]?.stringSet ?? []
        if status == .failed {
            startsAnew = attempts > 0 || !deaths.isEmpty
            attempts = 0
            deaths = []
        }
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

    /// The history with that death in it.
    func adding(_ death: Attempt) -> JobHistory {
        var history = self
        history.attempts += 1
        history.deaths.insert(death.id)
        return history
    }
}
