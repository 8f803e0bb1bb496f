import Foundation
import Synchronization

/// How far a rescoring is: a bar on a terminal, a line now and then elsewhere.
final class ArchiveProgress: Sendable {
    private struct State {
        var done: Int
        var failed: Int
        var lastShown: ContinuousClock.Instant?
        let start = ContinuousClock.now
    }

    private let what: String
    private let total: Int
    private let before: Int
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state: Mutex<State>

    /// - Parameters:
    ///   - what: Stands in front of the figures.
    ///   - done: What has been done before, and says nothing of the rate.
    ///   - failed: How many of these have failed.
    init(_ what: String = "", total: Int, done: Int = 0, failed: Int = 0) {
        (self.what, self.total, before) = (what, total, done)
        state = Mutex(State(done: done, failed: failed))
    }

    func advance(by count: Int = 1, failed: Int) {
        state.withLock { state in
            state.done += count
            state.failed += failed
            showWhenDue(&state)
        }
    }

    /// Shows how time passes while nothing is done.
    func tick() { state.withLock { showWhenDue(&$0) } }

    private func showWhenDue(_ state: inout State) {
        let now = ContinuousClock.now
        guard now - (state.lastShown ?? state.start) > (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
        state.lastShown = now
        show(state, at: now, end: isTerminal ? "" : "\n")
    }

    /// Takes the bar away.
    func clear() {
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8)) }
    }

    func advance(failed: Bool) { advance(failed: failed ? 1 : 0) }

    /// The last word.
    func close() {
        state.withLock { show($0, at: .now, end: "\n") }
    }

    private func show(_ state: State, at now: ContinuousClock.Instant, end: String) {
        let seconds = max(0.001, (now - state.start) / .seconds(1))
        let rate = Double(state.done - before) / seconds
        let filled = total == 0 ? 20 : min(20, 20 * state.done / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
        var line = what + "\(state.done) of \(total), \(state.failed) failed, \(String(format: "%.1f", rate)) a second"
        if rate > 0, state.done < total { line += ", \(Self.time(Double(total - state.done) / rate)) left" }
        if state.done >= total { line += ", in \(Self.time(seconds))" }
        let text = isTerminal ? "\r\u{1B}[2K\(bar) \(line)" : line
        StandardError.show(text + end)
    }

    /// As people say it: `45 s`, `3 min 20 s`, `2 h 5 min`.
    static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min \(whole % 60) s"
        default: return "\(whole / 3600) h \(whole / 60 % 60) min"
        }
    }
}
