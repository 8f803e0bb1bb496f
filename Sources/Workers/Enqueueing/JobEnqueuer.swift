package import Documents
import JSON
package import Logging
package import Queueing
package import SpeakModel
import Synchronization
package import Telemetry

/// Puts jobs on their queues, as a backend does: the rows that say PENDING, and the message.
package struct JobEnqueuer: Sendable {
    private let documents: any DocumentStore
    private let queues: any QueueService
    private let joint: (any JointStore)?
    private let logger: Logger?
    private let level: Logger.Level
    private let now: @Sendable () -> Timestamp
    private let destinations = Destinations()

    /// - Parameters:
    ///   - joint: The store that is behind both, where they are one: rows and message appear together then.
    ///   - logger: Is told of each job, where the caller does not tell, as something of this level.
    package init(
        documents: any DocumentStore, queues: any QueueService, joint: (any JointStore)? = nil, logger: Logger? = nil,
        level: Logger.Level = .info, now: @escaping @Sendable () -> Timestamp
    ) {
        self.documents = documents
        self.queues = queues
        self.joint = joint
        self.logger = logger
        self.level = level
        self.now = now
    }

    /// Whether a job that has a row has been sent.
    var isJoint: Bool { joint != nil }

    /// What came of enqueueing a job.
    package enum Outcome: Hashable, Sendable {
        case enqueued
        /// A request with this key was made before, and was to be answered so.
        case repeated(answer: String)
        /// Its row is as the job may not be any more: completed or, where only new jobs were wanted, there.
        case refused
        /// A job of this id with another payload has not ended.
        case conflict
    }

    /// Enqueues a job, unless a job of that id has completed.
    ///
    /// Where the store is not one, a crash between rows and message leaves a job that says PENDING and never runs;
    /// enqueueing it again mends that, and is harmless otherwise.
    ///
    /// - Parameters:
    ///   - onlyNew: Whether a job that has a row is left alone.
    ///   - key: Makes repeating the call harmless, in a store that is one.
    @discardableResult
    package func enqueue(
        _ document: JobDocument, trace: TraceParent = .beginning(), onlyNew: Bool = false,
        once key: IdempotencyKey? = nil
    ) async throws -> Outcome {
        let now = now()
        let pending = try JobStatusRow.pending(document, trace: trace, onlyNew: onlyNew, at: now)
        let writes = [pending] + pendingRows(document, at: now)
        do {
            if let joint {
                let earlier = try await joint.transact(
                    writes, sending: Self.message(document, trace), toQueueNamed: document.kind.queue.name, once: key)
                if let earlier { return .repeated(answer: earlier) }
                tell(document, trace)
                return .enqueued
            }
            precondition(key == nil, "Only a store that is one remembers keys.")
            try await documents.transact(writes)
        } catch DocumentError.transactionCancelled(let reasons) {
            guard case .conditionFailed = reasons.first else { throw DocumentError.transactionCancelled(reasons) }
            return onlyNew ? .refused : try await refusal(of: document)
        }
        try await send(document, trace: trace)
        tell(document, trace)
        return .enqueued
    }

    private func refusal(of document: JobDocument) async throws -> Outcome {
        let row = try await documents.get(JobStatusRow.key(document.id), from: Table.asyncJobStatus.name)
        return row?["status"]?.string == JobStatus.completed.rawValue ? .refused : .conflict
    }

    private func tell(_ document: JobDocument, _ trace: TraceParent) {
        logger?.log(
            level: level, "job enqueued",
            metadata: [
                "job.id": "\(document.id)", "kind": "\(document.kind.rawValue)", "trace.id": "\(trace.traceID)",
            ])
    }

    /// Sends a job's message, for rows that are there.
    package func send(_ document: JobDocument, trace: TraceParent) async throws {
        let queue = try await destinations.queue(named: document.kind.queue.name, of: queues)
        try await queue.send(Self.message(document, trace))
    }

    private static func message(_ document: JobDocument, _ trace: TraceParent) -> OutgoingMessage {
        OutgoingMessage(
            body: document.json.utf8, attributes: [TraceParent.name: .string(trace.header)],
            group: document.messageGroup)
    }

    private func pendingRows(_ document: JobDocument, at now: Timestamp) -> [DocumentWrite] {
        guard let payload = document.payload as? SentenceSynthesize else { return [] }
        return [SentenceAudioRow.pending(payload, jobID: document.id, at: now)]
    }
}

/// The queues that messages went to before: over a network, looking for one is a request.
private final class Destinations: Sendable {
    private let known = Mutex<[String: any MessageQueue]>([:])

    /// - Returns: The queue, known by its name, so that one made in its place is found too.
    func queue(named name: String, of service: any QueueService) async throws -> any MessageQueue {
        if let queue = known.withLock({ $0[name] }) { return queue }
        let queue = try await service.queue(named: name)
        known.withLock { $0[name] = queue }
        return queue
    }
}
