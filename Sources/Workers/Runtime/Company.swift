import Synchronization

/// Who works beside whom in one process: a job that has killed a worker works alone, so that no other is charged with what
/// it does next.
///
/// They enter in the order in which they come, so that one that must be alone gets its turn.
final class Company: Sendable {
    fileprivate struct State {
        var working = 0
        var isAlone = false
        var nextID = 0
        var waiting: [(id: Int, alone: Bool, admission: CheckedContinuation<Bool, Never>)] = []
    }

    private let state = Mutex(State())

    /// Waits for a place; who has got one leaves it with ``leave()``.
    ///
    /// - Parameters:
    ///   - alone: Whether nobody else may work meanwhile.
    ///   - patience: How long to wait.
    ///   - events: What ends the waiting.
    /// - Returns: `false` if it has waited in vain.
    func enter(alone: Bool, for patience: Duration, unless events: [OneTimeEvent]) async -> Bool {
        let id: Int? = state.withLock { state in
            if state.waiting.isEmpty, state.admit(alone) { return nil }
            state.nextID += 1
            return state.nextID
        }
        guard let id else { return true }
        for event in events { event.tell { self.dismiss(id) } }
        let limit = Task {
            try await Task.sleep(for: patience)
            dismiss(id)
        }
        defer { limit.cancel() }
        return await withCheckedContinuation { admission in
            update { $0.waiting.append((id, alone, admission)) }
            if events.contains(where: \.hasHappened) { dismiss(id) }
        }
    }

    func leave() {
        update { state in
            state.working -= 1
            state.isAlone = false
        }
    }

    private func dismiss(_ id: Int) {
        let dismissed = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        dismissed?.admission.resume(returning: false)
        update { _ in }
    }

    private func update(_ change: (inout State) -> Void) {
        let admitted = state.withLock { state in
            change(&state)
            var admitted: [CheckedContinuation<Bool, Never>] = []
            while let next = state.waiting.first, state.admit(next.alone) {
                admitted.append(state.waiting.removeFirst().admission)
            }
            return admitted
        }
        for admission in admitted { admission.resume(returning: true) }
    }
}

extension Company.State {
    fileprivate mutating func admit(_ alone: Bool) -> Bool {
        guard alone ? working == 0 : !isAlone else { return false }
        working += 1
        isAlone = alone
        return true
    }
}
