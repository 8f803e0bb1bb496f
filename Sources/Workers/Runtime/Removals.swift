import Queueing

/// Deletes the messages of completed jobs, several at a time.
///
/// A deletion must be on the disk before it is answered, and over a network it is a request: for jobs of milliseconds,
/// that is much of what they cost. So those that complete within a moment are deleted together, while others are in hand.
/// Who dies in that moment leaves messages of completed jobs, which their next receivers delete.
actor Removals {
    private let source: WorkQueue
    private let runner: JobRunner
    private var waiting: [(lease: Lease, removed: CheckedContinuation<Void, any Error>)] = []
    private var gathering: Task<Void, Never>?

    /// Nothing beside the length of a lease.
    private static let moment = Duration.milliseconds(500)

    init(from source: WorkQueue, _ runner: JobRunner) {
        self.source = source
        self.runner = runner
    }

    /// Returns when the message is deleted.
    ///
    /// - Parameter isLast: Whether there is nothing to wait for; asked at the last moment.
    /// - Throws: What the store throws. Then the message comes again.
    func remove(_ lease: Lease, isLast: @Sendable () -> Bool) async throws {
        await lease.stop()
        try await withCheckedThrowingContinuation { removed in
            waiting.append((lease, removed))
            // A FIFO queue's next message of the group waits for this one to go.
            if isLast() || waiting.count == QueueLimits.batch.upperBound || source.configuration.fifo != nil {
                return removeAll()
            }
            if gathering == nil {
                gathering = Task {
                    // Cancelled when they have gone already.
                    do { try await Task.sleep(for: Self.moment) } catch { return }
                    self.removeAll()
                }
            }
        }
    }

    private func removeAll() {
        gathering?.cancel()
        gathering = nil
        let batch = waiting
        waiting = []
        Task { [runner, source] in
            do {
                try await runner.remove(batch.map(\.lease), from: source)
                for (_, removed) in batch { removed.resume() }
            } catch {
                for (_, removed) in batch { removed.resume(throwing: error) }
            }
        }
    }
}
