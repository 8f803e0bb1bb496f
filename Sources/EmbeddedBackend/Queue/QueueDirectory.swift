import Queueing
import Synchronization

/// What is known of queues, as it is committed, so that a request need not ask the writer.
///
/// Whoever changes a queue calls ``queuesChanged()`` after the commit and before it answers. A description that was read
/// before that moment is never kept after it.
final class QueueDirectory: Sendable {
    private struct State {
        var round = 0
        var descriptions: [String: QueueDescription] = [:]
    }

    private let state = Mutex(State())
    private let storage: Storage

    init(storage: Storage) { self.storage = storage }

    /// - Throws: ``QueueError/noSuchQueue(_:)``.
    func description(of name: String) async throws -> QueueDescription {
        let (known, round) = state.withLock { ($0.descriptions[name], $0.round) }
        if let known { return known }
        let found = try await storage.writeQueues(.lease) { connection, _ in try connection.queue(name).description }
        state.withLock { if $0.round == round { $0.descriptions[name] = found } }
        return found
    }

    func queuesChanged() {
        state.withLock { state in
            state.round += 1
            state.descriptions = [:]
        }
    }
}
