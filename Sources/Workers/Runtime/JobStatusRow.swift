import Documents
import SpeakModel

/// The writes to AsyncJobStatus.
///
/// None of them touches a job that has completed or was called off.
enum JobStatusRow {
    static let hasNotCompleted =
        Condition.notExists("job_id")
        || (.compare("status", .notEqual, .string(JobStatus.completed.rawValue)) && .notExists(cancelled))

    static func processing(_ document: JobDocument, attempt: Int, at now: Timestamp) -> DocumentWrite {
        write(document.id, .processing, document.kind, at: now, set: ["attempts": .number(attempt)])
    }

    /// Back to PENDING, with the reason why an attempt failed.
    static func waiting(_ document: JobDocument, because reason: String, at now: Timestamp) -> DocumentWrite {
        write(document.id, .pending, document.kind, at: now, set: ["error": .string(reason)])
    }

    static func completed(_ document: JobDocument, _ outcome: Outcome, at now: Timestamp) -> DocumentWrite {
        var attributes: Item = ["completed_at": .string(now.iso8601)]
        if let audioURL = outcome.audioURL { attributes["audio_url"] = .string(audioURL) }
        if !outcome.result.isEmpty { attributes["result"] = .map(outcome.result) }
        return write(document.id, .completed, document.kind, at: now, set: attributes, remove: ["error"])
    }

    static func failed(id: String, kind: JobKind?, because reason: String, at now: Timestamp) -> DocumentWrite {
        write(id, .failed, kind, at: now, set: ["error": .string(reason), "completed_at": .string(now.iso8601)])
    }

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
        return DocumentWrite(
            table: Table.asyncJobStatus.name, .update(key: ["job_id": .string(id)], update), if: condition)
    }
}

extension AttributeValue {
    /// The epoch second at which a row of this table, written at `moment`, may be swept.
    static func lifetime(of table: Table, from moment: Timestamp) -> AttributeValue {
        guard let lifetime = table.lifetime else { preconditionFailure("Rows of \(table.name) have no lifetime.") }
        return .number(Int((moment + lifetime).epochSeconds))
    }
}
