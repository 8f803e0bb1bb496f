import Foundation
import Queueing
import Synchronization
import Workers

/// Counts what workers have done, and shows a bar where stderr is a terminal.
final class WorkProgress: Sendable {
    private struct State {
        var counts: [JobEvent.Outcome: Int] = [:]
        var handled = 0
    }

    private let expected: Int
    private let state = Mutex(State())
    private let showsBar = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now

    init(expected: Int) { self.expected = expected }

    /// Expects what is in these queues now.
    convenience init(on names: [String], of queues: any QueueService) async throws {
        var waiting = 0
        for name in names { waiting += try await queues.queue(named: name).statistics().total }
        self.init(expected: waiting)
    }

    func note(_ event: JobEvent) {
        let handled = state.withLock { state in
            state.counts[event.outcome, default: 0] += 1
            if event.outcome.isFinal { state.handled += 1 }
            return state.handled
        }
        if showsBar { StandardError.show("\r\(bar(handled))") }
    }

    /// Ends the bar and sums up.
    func finish() {
        let counts = state.withLock(\.counts)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        var parts = ["\(counts[.completed] ?? 0) completed", "\(counts[.failed] ?? 0) failed"]
        if let refused = counts[.refused] { parts.append("\(refused) not jobs") }
        if let expired = counts[.expired] { parts.append("\(expired) too old") }
        if let quarantined = counts[.quarantined] { parts.append("\(quarantined) put away") }
        if let retried = counts[.retried] { parts.append("\(retried) retried") }
        if let slow = counts[.timedOut] { parts.append("\(slow) timed out") }
        if let known = counts[.alreadyFailed] { parts.append("\(known) given up before") }
        if let known = counts[.alreadyCompleted] { parts.append("\(known) done before") }
        let rounded = (seconds * 10).rounded() / 10
        StandardError.write((showsBar ? "\r\u{1B}[K" : "") + "Jobs: \(parts.joined(separator: ", ")), in \(rounded) s.")
    }

    private func bar(_ handled: Int) -> String {
        let total = max(expected, handled, 1)
        let filled = 30 * handled / total
        return "[" + String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
            + "] \(handled)/\(total)\u{1B}[K"
    }
}
