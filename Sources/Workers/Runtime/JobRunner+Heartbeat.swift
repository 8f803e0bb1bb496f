import Logging
import Queueing

extension JobRunner {
    /// Runs `body` and meanwhile extends the lease, so that a slow job is not delivered twice.
    ///
    /// When the lease is lost all the same, the work goes on: it may well commit first, and effects happen once.
    func withHeartbeat<Value: Sendable>(
        for delivery: Delivery, on source: WorkQueue, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                await extendLease(of: delivery, on: source)
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// Returns when the work is done or the lease is lost.
    private func extendLease(of delivery: Delivery, on source: WorkQueue) async {
        let lease = source.configuration.visibilityTimeout
        do {
            while true {
                try await Task.sleep(for: lease / 3)
                try await source.queue.changeVisibility(of: delivery.receipt, to: lease)
            }
        } catch is CancellationError {
            return
        } catch {
            logger.notice("lease was not extended", metadata: ["message.id": "\(delivery.id)"])
        }
    }
}
