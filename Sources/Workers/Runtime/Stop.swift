import Synchronization

/// The end of a worker's receiving, which everything that only waits hears of.
final class Stop: Sendable {
    private struct State {
        var hasHappened = false
        var nextID = 0
        var listeners: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    var hasHappened: Bool { state.withLock(\.hasHappened) }

    func happen() {
        let listeners = state.withLock { state in
            state.hasHappened = true
            defer { state.listeners = [:] }
            return state.listeners.values.map { $0 }
        }
        for listener in listeners { listener() }
    }

    /// - Returns: By what to take the listener back; `nil` if it has been told already.
    @discardableResult
    func tell(_ listener: @escaping @Sendable () -> Void) -> Int? {
        let id: Int? = state.withLock { state in
            guard !state.hasHappened else { return nil }
            state.nextID += 1
            state.listeners[state.nextID] = listener
            return state.nextID
        }
        if id == nil { listener() }
        return id
    }

    private func forget(_ id: Int?) {
        state.withLock { state in _ = id.flatMap { state.listeners.removeValue(forKey: $0) } }
    }

    /// Does something that only waits, and cancels it when the stop comes, or a while after.
    ///
    /// - Returns: `nil` if it was cancelled.
    func cancelling<Value: Sendable>(
        after grace: Duration = .zero, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        let work = Task { try await body() }
        let id = tell {
            Task {
                // Nobody cancels this sleep.
                try await Task.sleep(for: grace)
                work.cancel()
            }
        }
        defer { forget(id) }
        do {
            return try await withTaskCancellationHandler {
                try await work.value
            } onCancel: {
                work.cancel()
            }
        } catch  where work.isCancelled {
            return nil
        }
    }

    /// Sleeps until then, or until the stop.
    func sleep(for duration: Duration) async {
        guard duration > .zero else { return }
        // Being cancelled is a way to wake up.
        _ = try? await cancelling { try await Task.sleep(for: duration) }
    }
}
