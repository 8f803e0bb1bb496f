package import Documents
package import Logging
import ServiceLifecycle

/// Deletes rows whose lifetime is over, now and then, as DynamoDB does by itself.
package struct LifetimeSweeper: Service {
    private let documents: any DocumentStore
    private let interval: Duration
    private let logger: Logger

    package init(documents: any DocumentStore, interval: Duration = .seconds(600), logger: Logger) {
        self.documents = documents
        self.interval = interval
        self.logger = logger
    }

    package func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let count = try await sweep()
            if count > 0 { logger.info("expired rows swept", metadata: ["rows": "\(count)"]) }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
            } catch is CancellationError {
                return
            }
        }
    }

    /// Sweeps in small steps, so that no write waits long.
    private func sweep() async throws -> Int {
        var total = 0
        while true {
            let count = try await documents.sweepExpired(limit: Self.rowsAtATime)
            total += count
            if count < Self.rowsAtATime { return total }
        }
    }

    private static let rowsAtATime = 500
}
