import Queueing
import ServiceLifecycle

/// Takes jobs from queues until it is told to stop or, if so asked, until they are empty.
///
/// On graceful shutdown it stops receiving, finishes what it has begun, and returns.
package struct Worker: Service {
    private let sources: [WorkQueue]
    private let runner: JobRunner
    private let jobsPerQueue: Int
    private let stopsWhenEmpty: Bool

    /// - Parameters:
    ///   - jobsPerQueue: How many jobs of one queue are worked on at a time.
    ///   - stopsWhenEmpty: Whether ``run()`` returns once no queue holds a message: none visible, delayed or in flight.
    package init(
        sources: [WorkQueue], runner: JobRunner, jobsPerQueue: Int = 2, stopsWhenEmpty: Bool
    ) {
        self.sources = sources
        self.runner = runner
        self.jobsPerQueue = jobsPerQueue
        self.stopsWhenEmpty = stopsWhenEmpty
    }

    package func run() async throws {
        if stopsWhenEmpty, try await allAreEmpty() { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for source in sources {
                for _ in 0..<jobsPerQueue { group.addTask { try await consume(source) } }
            }
            // The first loop that ends knows that all is done, or brings the error that ends the others.
            defer { group.cancelAll() }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func consume(_ source: WorkQueue) async throws {
        do {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                let deliveries = try await receive(from: source, wait: .zero)
                for delivery in deliveries { try await finish(delivery, from: source) }
                guard deliveries.isEmpty else { continue }
                if stopsWhenEmpty, try await allAreEmpty() { return }
                for delivery in try await receive(from: source, wait: QueueLimits.wait.upperBound) {
                    try await finish(delivery, from: source)
                }
            }
        } catch is CancellationError {
            // Another loop found that all is done, or failed.
        }
    }

    /// Waits for a job.
    ///
    /// The wait, and nothing else, ends when the worker is told to stop.
    private func receive(from source: WorkQueue, wait: Duration) async throws -> [Delivery] {
        do {
            return try await cancelWhenGracefulShutdown {
                try await source.queue.receive(maximum: 1, visibilityTimeout: nil, wait: wait)
            }
        } catch is CancellationError {
            return []
        }
    }

    /// A job once begun is finished, whatever becomes of the loop that began it.
    private func finish(_ delivery: Delivery, from source: WorkQueue) async throws {
        try await Task { try await runner.run(delivery, from: source) }.value
    }

    private func allAreEmpty() async throws -> Bool {
        for source in sources where try await source.queue.statistics().total > 0 { return false }
        return true
    }
}

extension Worker: CustomStringConvertible {
    /// The service group writes its services into its log lines; without this it would spell out all that handlers hold,
    /// an acoustic model among it.
    package var description: String { "worker" }
}
