import Documents
import JSON
import SpeakModel
import Telemetry

/// A job on its way to the queue, and off it.
extension JobStatusRow {
    /// Whether somebody called the job off.
    static let cancelledName = "cancelled"
    static let cancelled = DocumentPath(cancelledName)

    /// A job enqueued, for the first time or again.
    ///
    /// - Parameter onlyNew: Whether a job that has a row is left alone; otherwise one that has completed is, and one that has
    ///   not ended and is another job of the same id.
    static func pending(
        _ document: JobDocument, trace: TraceParent, onlyNew: Bool, at now: Timestamp
    ) throws -> DocumentWrite {
        var attributes = try description(of: document, trace)
        attributes["created_at"] = .string(now.iso8601)
        let status = { (status: JobStatus) in Condition.equals("status", .string(status.rawValue)) }
        let isSame: Condition = .notExists("payload") || .equals("payload", attributes["payload"] ?? .map([:]))
        let isOpen: Condition =
            .notExists("status") || status(.failed) || (status(.pending) || status(.processing)) && isSame
        return write(
            document.id, .pending, document.kind, at: now, set: attributes,
            remove: [
                "error", "failure", "attempts", "deaths", "completed_at", DocumentPath(GivenUpDelivery.name), cancelled,
            ],
            if: onlyNew ? .notExists("job_id") : isOpen)
    }

    /// What it takes to find a job, to follow it and to enqueue it once more.
    fileprivate static func description(of document: JobDocument, _ trace: TraceParent) throws -> Item {
        var attributes: Item = [
            "trace_id": .string(trace.traceID), "payload": .map(try Item(plain: document.payload.json.object ?? [:])),
        ]
        attributes["student_email"] = document.payload.studentEmail.map { .string($0) }
        return attributes
    }

    /// Calls off a job that nobody works on: one that waits, for its first attempt or for another.
    static func cancellation(of id: String, at now: Timestamp) -> DocumentWrite {
        let reason = "Cancelled by an operator."
        return write(
            id, .failed, nil, at: now,
            set: ["error": .string(reason), "completed_at": .string(now.iso8601), cancelledName: true],
            if: .equals("status", .string(JobStatus.pending.rawValue)))
    }
}

extension DocumentWrite {
    /// An update of a job's row that also says what the job is, where nobody has said it: not every backend does.
    func describing(_ document: JobDocument, _ trace: TraceParent) throws -> DocumentWrite {
        var described = self
        for (name, value) in try JobStatusRow.description(of: document, trace).sorted(by: { $0.key < $1.key }) {
            described.setIfMissing(DocumentPath(name), value)
        }
        return described
    }

    mutating func setIfMissing(_ path: DocumentPath, _ value: AttributeValue) {
        guard case .update(let key, var update) = action else { preconditionFailure("Rows of jobs are updated.") }
        update.set.append(.init(path, .ifNotExists(path, .value(value))))
        self = DocumentWrite(table: table, .update(key: key, update), if: condition)
    }
}
