package import Documents
import JSON
package import SpeakModel
import Telemetry

/// What an operator does with single jobs.
package struct JobOffice: Sendable {
    private let documents: any DocumentStore
    private let enqueuer: JobEnqueuer
    private let now: @Sendable () -> Timestamp

    package init(documents: any DocumentStore, enqueuer: JobEnqueuer, now: @escaping @Sendable () -> Timestamp) {
        self.documents = documents
        self.enqueuer = enqueuer
        self.now = now
    }

    /// Calls a job off that waits: it will never run, and its message is dropped when it is received.
    ///
    /// - Throws: ``JobOfficeError``.
    package func cancel(_ id: String) async throws {
        let row = try await self.row(of: id)
        let moment = now()
        var writes = [JobStatusRow.cancellation(of: id, at: moment)]
        if let payload = Self.document(row)?.payload as? SentenceSynthesize {
            writes.append(
                SentenceAudioRow.failed(payload, jobID: id, reason: "Cancelled by an operator.", at: moment))
        }
        do { try await documents.transact(writes) } catch DocumentError.transactionCancelled(let reasons) {
            if case .conditionFailed = reasons.first {
                throw JobOfficeError.notWaiting(id, try await status(of: id))
            }
            // The sentence is a newer job's now.
            try await cancelAlone(id, at: moment)
        }
    }

    private func cancelAlone(_ id: String, at moment: Timestamp) async throws {
        do { try await documents.write(JobStatusRow.cancellation(of: id, at: moment)) } catch DocumentError
            .conditionFailed
        {
            throw JobOfficeError.notWaiting(id, try await status(of: id))
        }
    }

    /// Enqueues a job again that has failed, or that was never begun and may have no message.
    ///
    /// - Throws: ``JobOfficeError``.
    package func retry(_ id: String) async throws {
        let row = try await self.row(of: id)
        let status = row["status"]?.string ?? ""
        guard status == JobStatus.failed.rawValue || isForgotten(row) else {
            throw JobOfficeError.notFailed(id, status)
        }
        guard let document = Self.document(row) else { throw JobOfficeError.unknownDocument(id) }
        let trace = row["trace_id"]?.string.flatMap { TraceParent(traceID: $0, parentID: String($0.suffix(16))) }
        let outcome = try await enqueuer.enqueue(document, trace: trace?.child() ?? .beginning())
        if outcome != .enqueued { throw JobOfficeError.notFailed(id, try await self.status(of: id)) }
    }

    /// Whether a job waits and no attempt at it was ever begun: its enqueuer may have died between row and message.
    private func isForgotten(_ row: Item) -> Bool {
        guard row["status"]?.string == JobStatus.pending.rawValue, row["attempts"] == nil,
            let createdAt = row["created_at"]?.string.flatMap(Timestamp.init(iso8601:))
        else { return false }
        return now() - createdAt > Self.forgottenAge
    }

    private static let forgottenAge = Duration.seconds(60)

    private func row(of id: String) async throws -> Item {
        guard let row = try await documents.get(["job_id": .string(id)], from: Table.asyncJobStatus.name),
            row["status"] != nil
        else { throw JobOfficeError.noSuchJob(id) }
        return row
    }

    private func status(of id: String) async throws -> String { try await row(of: id)["status"]?.string ?? "" }

    /// The document as it was enqueued, if its row still has it.
    private static func document(_ row: Item) -> JobDocument? {
        guard let payload = row["payload"], payload.map != nil else { return nil }
        let document: JSONValue = [
            "job_id": row["job_id"]?.plainJSON ?? .null, "kind": row["kind"]?.plainJSON ?? .null,
            "payload": payload.plainJSON,
        ]
        return try? JobDocument(document)  // A row that somebody else wrote may have anything.
    }
}

/// Why an operator's wish about a job cannot be done.
package enum JobOfficeError: Error, Hashable, CustomStringConvertible {
    case noSuchJob(String)
    case notWaiting(String, String)
    case notFailed(String, String)
    /// Its row does not say what it was, since somebody else made the row.
    case unknownDocument(String)

    package var description: String {
        switch self {
        case .noSuchJob(let id): "There is no job \(id)."
        case .notWaiting(let id, let status): "Only a job that waits can be cancelled; \(id) is \(status)."
        case .notFailed(let id, let status): "Only a job that has failed can be tried again; \(id) is \(status)."
        case .unknownDocument(let id):
            "The row of \(id) does not say what the job was. If it is among the dead letters: speaktracker dlq redrive --id \(id)."
        }
    }
}
