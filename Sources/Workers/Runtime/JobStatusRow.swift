import Documents
import Queueing
import SpeakModel

/// The writes to AsyncJobStatus.
///
/// None of them touches a job that has completed or was called off, and all of them may be repeated. Those that end an attempt
/// hold only while the attempt is open, so a worker that lost its lease changes nothing.
enum JobStatusRow {
    static let hasNotCompleted =
        Condition.notExists("job_id")
        || (.compare("status", .notEqual, .string(JobStatus.completed.rawValue)) && .notExists(cancelled))

    static func key(_ id: String) -> Item { ["job_id": .string(id)] }

    /// Opens an attempt, and counts what an earlier worker left uncounted: all at once, if the job is still as it was seen.
    ///
    /// Whoever repeats this after a lost answer finds the attempt open and the counts right.
    ///
    /// - Parameters:
    ///   - seen: What the row told.
    ///   - history: The same with what this delivery shows.
    static func opening(
        _ taken: JobDelivery, _ attempt: Attempt, seen: JobHistory, _ history: JobHistory
    ) throws -> DocumentWrite {
        var attributes: Item = ["open_attempt": .map(attempt.item), "attempts": .number(history.attempts)]
        var removed: [DocumentPath] = [DocumentPath(GivenUpDelivery.name)]
        if history.deaths.isEmpty {
            removed.append("deaths")
        } else {
            attributes["deaths"] = .stringSet(history.deaths)
        }
        let sentAt = AttributeValue.string(taken.delivery.sentAt.iso8601)
        if history.startsAnew { attributes["created_at"] = sentAt }
        var opening = try write(
            taken.document.id, .processing, taken.document.kind, at: attempt.startedAt, set: attributes,
            remove: removed, if: hasNotCompleted && isStill(seen)
        ).describing(taken.document, taken.delivery.trace)
        if !history.startsAnew { opening.setIfMissing("created_at", sentAt) }
        return opening
    }

    /// Whether nobody has begun or settled the job since it was seen.
    private static func isStill(_ seen: JobHistory) -> Condition {
        let failed = AttributeValue.string(JobStatus.failed.rawValue)
        let status: Condition =
            seen.startsAnew
            ? .equals("status", failed) : .notExists("status") || .compare("status", .notEqual, failed)
        let attempts: Condition = .equals("attempts", .number(seen.storedAttempts))
        let counted = seen.storedAttempts == 0 ? .notExists("attempts") || attempts : attempts
        return status && counted && (seen.openAttempt.map(isOpen) ?? .notExists("open_attempt"))
    }

    /// Takes back that an attempt's worker died: it lives, and only lost its lease.
    static func undead(_ attempt: Attempt, of id: String) -> DocumentWrite {
        let update = UpdateExpression(
            add: [.init("attempts", -1)], delete: [.init("deaths", .stringSet([attempt.id]))])
        return DocumentWrite(
            table: Table.asyncJobStatus.name, .update(key: key(id), update),
            if: .contains("deaths", .string(attempt.id)))
    }

    /// Back to PENDING, with the reason why.
    ///
    /// - Parameters:
    ///   - counts: Whether the attempt counts.
    ///   - failure: `nil` where nothing failed.
    static func waiting(
        _ document: JobDocument, _ attempt: Attempt, counts: Bool, because reason: String?, _ failure: FailureKind?,
        at now: Timestamp
    ) -> DocumentWrite {
        var attributes: Item = [:]
        attributes["error"] = reason.map { .string($0) }
        attributes["failure"] = failure.map { .string($0.rawValue) }
        return end(of: document, attempt, .pending, counts: counts, at: now, set: attributes)
    }

    static func completed(
        _ document: JobDocument, _ outcome: Outcome, _ attempt: Attempt, at now: Timestamp
    ) -> DocumentWrite {
        var attributes: Item = ["completed_at": .string(now.iso8601)]
        if let audioURL = outcome.audioURL { attributes["audio_url"] = .string(audioURL) }
        if !outcome.result.isEmpty { attributes["result"] = .map(outcome.result) }
        return end(
            of: document, attempt, .completed, counts: true, at: now, set: attributes, remove: ["error", "failure"])
    }

    static func failed(
        _ document: JobDocument, _ attempt: Attempt, counts: Bool, because reason: String, _ failure: FailureKind,
        _ delivery: GivenUpDelivery, at now: Timestamp
    ) -> DocumentWrite {
        var attributes = failure.attributes(reason, at: now)
        attributes[GivenUpDelivery.name] = .map(delivery.item)
        return end(of: document, attempt, .failed, counts: counts, at: now, set: attributes)
    }

    /// Ends an attempt, if it is the job's latest.
    ///
    /// Attempts are added to: what another worker takes back meanwhile stays taken back.
    private static func end(
        of document: JobDocument, _ attempt: Attempt, _ status: JobStatus, counts: Bool, at now: Timestamp, set: Item,
        remove: [DocumentPath] = []
    ) -> DocumentWrite {
        write(
            document.id, status, document.kind, at: now, set: set, remove: remove + ["open_attempt"],
            add: counts ? [.init("attempts", 1)] : [], if: hasNotCompleted && isOpen(attempt))
    }

    /// A message that is no job.
    static func refused(id: String, kind: JobKind?, because reason: String, at now: Timestamp) -> DocumentWrite {
        write(id, .failed, kind, at: now, set: FailureKind.refused.attributes(reason, at: now))
    }

    private static func isOpen(_ attempt: Attempt) -> Condition { .equals(open("id"), .string(attempt.id)) }

    private static func open(_ member: String) -> DocumentPath { DocumentPath("open_attempt", [.member(member)]) }

    static func write(
        _ id: String, _ status: JobStatus, _ kind: JobKind?, at now: Timestamp, set: Item, remove: [DocumentPath] = [],
        add: [UpdateExpression.Adjustment] = [], if condition: Condition = hasNotCompleted
    ) -> DocumentWrite {
        var attributes: Item = [
            "status": .string(status.rawValue), "updated_at": .string(now.iso8601),
            "ttl": .lifetime(of: .asyncJobStatus, from: now),
        ]
        attributes["kind"] = kind.map { .string($0.rawValue) }
        var update = UpdateExpression.set(attributes.merging(set) { $1 })
        update.remove = remove
        update.add = add
        return DocumentWrite(table: Table.asyncJobStatus.name, .update(key: key(id), update), if: condition)
    }
}

extension FailureKind {
    fileprivate func attributes(_ reason: String, at now: Timestamp) -> Item {
        ["error": .string(reason), "failure": .string(rawValue), "completed_at": .string(now.iso8601)]
    }
}

extension AttributeValue {
    /// The epoch second at which a row of this table, written at `moment`, may be swept.
    static func lifetime(of table: Table, from moment: Timestamp) -> AttributeValue {
        guard let lifetime = table.lifetime else { preconditionFailure("Rows of \(table.name) have no lifetime.") }
        return .number(Int((moment + lifetime).epochSeconds))
    }
}
