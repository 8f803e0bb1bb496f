import Documents
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

    /// Opens an attempt, unless a later delivery has opened one, or another message for the same job has one that may be going on.
    static func processing(_ document: JobDocument, _ attempt: Attempt, at now: Timestamp) -> DocumentWrite {
        let isFree =
            .notExists("open_attempt")
            || (.equals(open("message_id"), .string(attempt.messageID))
                && .compare(open("receive_count"), .lessOrEqual, .number(attempt.receiveCount)))
            || .compare(open("ends_before"), .less, .string(now.iso8601))
        return write(
            document.id, .processing, document.kind, at: now, set: ["open_attempt": .map(attempt.item)],
            if: hasNotCompleted && isFree)
    }

    /// Counts what an earlier worker left uncounted.
    static func counted(_ history: JobHistory, of id: String, in attempt: Attempt) -> DocumentWrite {
        var update = UpdateExpression.set(["attempts": .number(history.attempts)])
        if history.deaths.isEmpty {
            update.remove = ["deaths"]
        } else {
            update.set.append(.init("deaths", .value(.stringSet(history.deaths))))
        }
        return DocumentWrite(
            table: Table.asyncJobStatus.name, .update(key: key(id), update), if: isOpen(attempt))
    }

    /// Takes back that an attempt's worker died: it lives, and only lost its lease.
    static func undead(_ attempt: Attempt, of id: String) -> DocumentWrite {
        let update = UpdateExpression(delete: [.init("deaths", .stringSet([attempt.id]))])
        return DocumentWrite(
            table: Table.asyncJobStatus.name, .update(key: key(id), update),
            if: .contains("deaths", .string(attempt.id)))
    }

    /// Back to PENDING, with the reason why.
    ///
    /// - Parameter failure: `nil` where nothing failed.
    static func waiting(
        _ document: JobDocument, _ attempt: Attempt, attempts: Int, because reason: String?, _ failure: FailureKind?,
        at now: Timestamp
    ) -> DocumentWrite {
        var attributes: Item = ["attempts": .number(attempts)]
        attributes["error"] = reason.map { .string($0) }
        attributes["failure"] = failure.map { .string($0.rawValue) }
        return write(
            document.id, .pending, document.kind, at: now, set: attributes, remove: ["open_attempt"],
            if: hasNotCompleted && isOpen(attempt))
    }

    static func completed(
        _ document: JobDocument, _ outcome: Outcome, _ attempt: Attempt, attempts: Int, at now: Timestamp
    ) -> DocumentWrite {
        var attributes: Item = ["completed_at": .string(now.iso8601), "attempts": .number(attempts)]
        if let audioURL = outcome.audioURL { attributes["audio_url"] = .string(audioURL) }
        if !outcome.result.isEmpty { attributes["result"] = .map(outcome.result) }
        return write(
            document.id, .completed, document.kind, at: now, set: attributes,
            remove: ["error", "failure", "open_attempt"], if: hasNotCompleted && isOpen(attempt))
    }

    static func failed(
        _ document: JobDocument, _ attempt: Attempt, attempts: Int, because reason: String, _ failure: FailureKind,
        at now: Timestamp
    ) -> DocumentWrite {
        var attributes = failure.attributes(reason, at: now)
        attributes["attempts"] = .number(attempts)
        return write(
            document.id, .failed, document.kind, at: now, set: attributes, remove: ["open_attempt"],
            if: hasNotCompleted && isOpen(attempt))
    }

    /// A message that is no job.
    static func refused(id: String, kind: JobKind?, because reason: String, at now: Timestamp) -> DocumentWrite {
        write(id, .failed, kind, at: now, set: FailureKind.refused.attributes(reason, at: now))
    }

    private static func isOpen(_ attempt: Attempt) -> Condition { .equals(open("id"), .string(attempt.id)) }

    private static func open(_ member: String) -> DocumentPath { DocumentPath("open_attempt", [.member(member)]) }

    static func write(
        _ id: String, _ status: JobStatus, _ kind: JobKind?, at now: Timestamp, set: Item, remove: [DocumentPath] = [],
        if condition: Condition = hasNotCompleted
    ) -> DocumentWrite {
        var attributes: Item = [
            "status": .string(status.rawValue), "updated_at": .string(now.iso8601),
            "ttl": .lifetime(of: .asyncJobStatus, from: now),
        ]
        attributes["kind"] = kind.map { .string($0.rawValue) }
        var update = UpdateExpression.set(attributes.merging(set) { $1 })
        update.remove = remove
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
