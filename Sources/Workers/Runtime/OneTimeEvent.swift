import Synchronization

/// Something that happens once, for good, and one listener who is told, be it before or after.
final class OneTimeEvent: Sendable {
    private struct State {
        var hasHappened = false
        var listener: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var hasHappened: Bool { state.withLock(\.hasHappened) }

    func happen() {
        let listener = state.withLock { state in
            state.hasHappened = true
            defer { state.listener = nil }
            return state.listener
        }
        listener?()
    }

    /// Tells `listener`, at once if it has happened; a new listener takes the place of the one before.
    func tell(_ listener: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if !state.hasHappened { state.listener = listener }
            return state.hasHappened
        }
        if isOver { listener() }
    }
}
