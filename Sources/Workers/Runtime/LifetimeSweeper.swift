package import Documents
package import Logging
import ServiceLifecycle

/// Deletes rows whose lifetime is over, now and then, as DynamoDB does by itself, and what else a store keeps too long.
package struct LifetimeSweeper: Service, CustomStringConvertible {
    /// Deletes at most so many, and returns how many.
    package typealias Sweep = @Sendable (_ limit: Int) async throws -> Int

    package let description = "LifetimeSweeper"
    private let sweeps: [Sweep]
    private let interval: Duration
    private let logger: Logger

    package init(
        documents: any DocumentStore, others: [Sweep] = [], interval: Duration = .seconds(600), logger: Logger
    ) {
        sweeps = [{ limit in try await documents.sweepExpired(limit: limit) }] + others
        self.interval = interval
        self.logger = logger
    }

    package func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            // What could not be swept is there the next time; jobs and requests must not suffer from it.
            do {
                let count = try await sweep()
                if count > 0 { logger.info("expired rows swept", metadata: ["rows": "\(count)"]) }
            } catch {
                logger.warning("expired rows could not be swept", metadata: ["error": "\(error)"])
            }
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
        for sweep in sweeps {
            var count = Self.rowsAtATime
            while count == Self.rowsAtATime {
                count = try await sweep(Self.rowsAtATime)
                total += count
            }
        }
        return total
    }

    private static let rowsAtATime = 500
}
