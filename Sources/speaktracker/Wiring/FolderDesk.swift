import Documents
import EmbeddedBackend
import Gateway
import SpeakModel
import Telemetry
import Workers

/// Jobs of backends without an AWS SDK, on a data folder.
struct FolderDesk: JobDesk {
    let folder: DataFolder

    func submit(_ document: JobDocument, trace: TraceParent, once key: IdempotencyKey?) async throws -> Submission {
        let enqueuer = JobEnqueuer(
            documents: folder.documents, queues: folder.queues, joint: folder, now: Timestamp.now)
        return switch try await enqueuer.enqueue(document, trace: trace, once: key) {
        case .enqueued: .enqueued
        case .repeated(let answer): .repeated(answer: answer)
        case .refused: .completedBefore
        case .conflict: .conflict
        }
    }

    func row(ofJob id: String) async throws -> Item? {
        guard !id.isEmpty else { return nil }
        let row = try await folder.documents.get(["job_id": .string(id)], from: Table.asyncJobStatus.name)
        return row?["status"] == nil ? nil : row
    }
}
