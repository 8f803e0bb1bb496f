import Logging
import Synchronization

/// Trouble with a store, while it lasts: growing pauses, one log line a sentence, and an end where only people can help.
final class Trouble: Sendable {
    private struct State {
        var since: ContinuousClock.Instant?
        var backoff = Trouble.newBackoff
        var pauseEnds: ContinuousClock.Instant?
        var lastSentence = ""
        var wasPassing: Bool?
        var hasWorked: Bool
    }

    private static var newBackoff: Backoff { Backoff(from: .seconds(1), to: .seconds(30)) }

    /// How long a worker bears what somebody must mend, before it ends with that error.
    static let patience = Duration.seconds(120)

    /// After such a while without trouble, trouble is new.
    private static let quiet = Duration.seconds(60)

    private let state: Mutex<State>
    private let logger: Logger
    /// How long it bears what passes by itself; for ever when `nil`.
    private let passingPatience: Duration?

    /// - Parameter hasWorked: Whether the store has answered before; what is wrong from the start is not borne.
    init(hasWorked: Bool, passingPatience: Duration?, logger: Logger) {
        state = Mutex(State(hasWorked: hasWorked))
        self.passingPatience = passingPatience
        self.logger = logger
    }

    /// How long nothing should be asked of the store.
    var pause: Duration {
        state.withLock { max(.zero, ($0.pauseEnds ?? .now) - .now) }
    }

    func isOver() {
        let wasTrouble = state.withLock { state in
            defer { state = State(hasWorked: true) }
            return state.since != nil
        }
        if wasTrouble { logger.notice("store answers again") }
    }

    /// - Returns: Whether the worker should end with the error.
    func isFatal(_ error: any Error) -> Bool {
        let fault = StoreFault(error)
        let now = ContinuousClock.now
        let (isNew, isFatal) = state.withLock { state in
            // Trouble of another kind, or after a while without any, begins anew.
            let isAnother =
                state.wasPassing != fault?.isPassing || state.pauseEnds.map { now - $0 > Self.quiet } ?? true
            let since = isAnother ? now : state.since ?? now
            state.since = since
            state.wasPassing = fault?.isPassing
            state.pauseEnds = now + state.backoff.next()
            let sentence = fault?.sentence ?? "\(error)"
            defer { state.lastSentence = sentence }
            let patience = fault?.isPassing == true ? passingPatience : state.hasWorked ? Self.patience : .zero
            return (sentence != state.lastSentence, patience.map { now - since >= $0 } ?? false)
        }
        if isNew { logger.warning("store is in trouble", metadata: ["error": "\(error)"]) }
        return isFatal
    }
}
