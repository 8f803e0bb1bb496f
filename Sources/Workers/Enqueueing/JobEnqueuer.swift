package import Documents
import JSON
package import Queueing
package import SpeakModel

/// Puts jobs on their queues, as a backend does: first the rows that say PENDING, then the message.
package struct JobEnqueuer: Sendable {
    private let documents: any DocumentStore
    private let queues: any QueueService
    private let now: @Sendable () -> Timestamp

    package init(
        documents: any DocumentStore, queues: any QueueService, now: @escaping @Sendable () -> Timestamp
    ) {
        self.documents = documents
        self.queues = queues
        self.now = now
    }

    /// Enqueues a job, unless a job of that id has completed.
    ///
    /// A crash between rows and message leaves a job that says PENDING and never runs; enqueueing it again mends that,
    /// and is harmless otherwise.
    ///
    /// - Returns: Whether a message was sent.
    @discardableResult
    package func enqueue(_ document: JobDocument) async throws -> Bool {
        let now = now()
        do {
            try await documents.transact([JobStatusRow.pending(document, at: now)] + pendingRows(document, at: now))
        } catch DocumentError.transactionCancelled {
            return false
        }
        try await queues.queue(named: document.kind.queue.name).send(
            OutgoingMessage(body: document.json.utf8, group: document.messageGroup))
        return true
    }

    private func pendingRows(_ document: JobDocument, at now: Timestamp) -> [DocumentWrite] {
        guard let payload = document.payload as? SentenceSynthesize else { return [] }
        return [SentenceAudioRow.pending(payload, jobID: document.id, at: now)]
    }
}
