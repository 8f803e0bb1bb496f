import Foundation
import Synchronization

/// How far a rescoring is: a bar on a terminal, a line now and then elsewhere.
final class ArchiveProgress: Sendable {
    private struct State {
        var done: Int
        var failed = 0
        var lastShown = ContinuousClock.now
        let start = ContinuousClock.now
    }

    private let total: Int
    private let before: Int
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state: Mutex<State>

    init(total: Int, done: Int) {
        (self.total, before) = (total, done)
        state = Mutex(State(done: done))
    }

    func advance(failed: Bool) {
        state.withLock { state in
            state.done += 1
            state.failed += failed ? 1 : 0
            let now = ContinuousClock.now
            guard now - state.lastShown > (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
            state.lastShown = now
            show(state, at: now, end: isTerminal ? "\r" : "\n")
        }
    }

    /// The last word.
    func close() {
        state.withLock { show($0, at: .now, end: "\n") }
    }

    private func show(_ state: State, at now: ContinuousClock.Instant, end: String) {
        let seconds = max(
            0.001,
            Double((now - state.start).components.seconds) + 1e-18 * Double((now - state.start).components.attoseconds))
        let rate = Double(state.done - before) / seconds
        let left = rate > 0 ? Int(Double(total - state.done) / rate) : 0
        let filled = total == 0 ? 20 : 20 * state.done / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
        let line =
            "\(isTerminal ? bar + " " : "")\(state.done) of \(total), \(state.failed) failed, "
            + "\(String(format: "%.1f", rate)) a second, \(left / 60) min \(left % 60) s left"
        FileHandle.standardError.write(Data(((isTerminal ? "\u{1B}[2K" : "") + line + end).utf8))
    }
}
