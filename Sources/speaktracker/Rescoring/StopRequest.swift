import Foundation
import Synchronization
import UnixSignals

/// Ctrl-C and SIGTERM: the first finishes what is in hand, the second ends at once.
final class StopRequest: Sendable {
    private let count = Mutex(0)

    var isMade: Bool { count.withLock { $0 > 0 } }

    /// Runs `body` and meanwhile takes the signals.
    func watch<Value>(_ body: () async throws -> Value) async throws -> Value {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let watcher = Task {
            for await signal in signals { note(signal) }
        }
        defer { watcher.cancel() }
        return try await body()
    }

    private func note(_ signal: UnixSignal) {
        let count = count.withLock { count in
            count += 1
            return count
        }
        guard count == 1 else { _exit(128 + signal.rawValue) }
        StandardError.write("\nStopping: what is in hand is finished first.")
    }
}
