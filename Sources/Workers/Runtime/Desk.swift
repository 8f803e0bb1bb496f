import Synchronization

/// What one worker holds of one queue: jobs in hand, and deliveries that wait for a hand.
///
/// It says how many more to fetch and who begins next, in the order in which they came.
final class Desk: Sendable {
    fileprivate struct State {
        var settings = QueueSettings()
        /// Nothing is fetched before the settings are known.
        var isOpen = false
        var isPaused = false
        var isClosed = false
        var working = 0
        var nextID = 0
        var waiting: [(id: Int, admission: CheckedContinuation<Bool, Never>)] = []
        /// Taken and neither working nor waiting yet.
        var arriving = 0
        var fetcher: CheckedContinuation<Int?, Never>?
        /// A running mean of how long jobs take, in seconds; `nil` before the first.
        var meanSeconds: Double?
    }

    private let state = Mutex(State())

    /// - Parameter isPaused: Whether nothing more is begun.
    func apply(_ settings: QueueSettings, isPaused: Bool) {
        update { state in
            state.isOpen = true
            state.settings = settings
            state.isPaused = isPaused
        }
    }

    /// Nothing more is fetched or begun.
    func close() { update { $0.isClosed = true } }

    var isPaused: Bool { state.withLock(\.isPaused) }

    /// How long to wait for deliveries at a time.
    var wait: Duration { state.withLock(\.settings.wait) }

    var isIdle: Bool { state.withLock { $0.held == 0 } }

    /// Waits until more deliveries are wanted.
    ///
    /// - Returns: How many at most, 1 to 10; `nil` when the desk is closed.
    func room() async -> Int? {
        await withCheckedContinuation { continuation in
            update { $0.fetcher = continuation }
        }
    }

    /// Counts deliveries that have come, before they ask to begin.
    func took(_ count: Int) { update { $0.arriving += count } }

    /// Waits for a hand.
    ///
    /// - Returns: `false` if the delivery is to be given back.
    func admit(unless lost: OneTimeEvent) async -> Bool {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        lost.tell { self.dismiss(id) }
        return await withCheckedContinuation { continuation in
            update { state in
                state.arriving -= 1
                state.waiting.append((id, continuation))
            }
            if lost.hasHappened { dismiss(id) }
        }
    }

    private func dismiss(_ id: Int) {
        let dismissed = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        dismissed?.admission.resume(returning: false)
        update { _ in }
    }

    /// Frees the hand of a job that is done.
    ///
    /// - Parameter duration: How long it took; `nil` for one that was not worked on, which says nothing of the others.
    func finished(after duration: Duration?) {
        update { state in
            state.working -= 1
            guard let duration else { return }
            let seconds = duration / .seconds(1)
            state.meanSeconds = state.meanSeconds.map { $0 + (seconds - $0) / 8 } ?? seconds
        }
    }

    /// Changes something, and lets begin and fetch whoever may by that.
    private func update(_ change: (inout State) -> Void) {
        let (fetcher, room, admitted, dismissed) = state.withLock { state in
            change(&state)
            let dismissed = state.dismissals()
            let admitted = state.admissions()
            let room = state.room
            let fetcher = room != nil || state.isClosed ? state.fetcher : nil
            if fetcher != nil { state.fetcher = nil }
            return (fetcher, state.isClosed ? nil : room, admitted, dismissed)
        }
        for admission in dismissed { admission.resume(returning: false) }
        for admission in admitted { admission.resume(returning: true) }
        fetcher?.resume(returning: room)
    }
}

extension Desk.State {
    fileprivate var held: Int { working + waiting.count + arriving }

    /// How many to hold ready: no more than can be begun within a second, so that other workers find some too.
    private var ready: Int {
        guard let meanSeconds else { return 0 }
        return min(settings.prefetch, Int(min(1000, Double(settings.concurrency) / max(0.001, meanSeconds))))
    }

    /// How many more are wanted; `nil` while that is too few to ask for.
    fileprivate var room: Int? {
        guard isOpen, !isPaused, !isClosed else { return nil }
        let free = settings.concurrency + ready - held
        return free >= max(1, ready / 2) ? min(10, free) : nil
    }

    fileprivate mutating func admissions() -> [CheckedContinuation<Bool, Never>] {
        var admitted: [CheckedContinuation<Bool, Never>] = []
        while working < settings.concurrency, !waiting.isEmpty {
            admitted.append(waiting.removeFirst().admission)
            working += 1
        }
        return admitted
    }

    /// Those who will not begin, on a desk that is paused or closed.
    fileprivate mutating func dismissals() -> [CheckedContinuation<Bool, Never>] {
        guard isPaused || isClosed else { return [] }
        defer { waiting = [] }
        return waiting.map(\.admission)
    }
}
