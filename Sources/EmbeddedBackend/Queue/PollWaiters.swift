import Queueing
import SpeakModel
import Synchronization

/// The receivers that wait for messages in any queue: the waiting room with real callers and a real clock.
final class PollWaiters: Sendable {
    typealias Room = WaitingRoom<CheckedContinuation<Void, any Error>>

    private struct State {
        var room = Room()
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())
    private let alarm: Alarm
    private let now: @Sendable () -> Timestamp

    init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
        alarm = Alarm(now: now)
    }

    var count: Int { state.withLock(\.room.count) }

    /// Drawn before looking into the queue.
    func ticket(forQueue name: String) -> Room.Ticket { state.withLock { $0.room.ticket(forQueue: name) } }

    /// Waits until it is worth looking again, `deadline` at the latest.
    ///
    /// - Throws: `CancellationError` at once when the task is cancelled; ``QueueError/unavailable(reason:)`` when the
    ///   data folder is closed.
    func wait(with ticket: Room.Ticket, until deadline: Timestamp, after look: LeaseOutcome) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { caller in
                enter(caller, id: id, with: ticket, until: deadline, after: look)
            }
        } onCancel: {
            state.withLock { $0.room.leave(id, queueName: ticket.queueName) }?.resume(throwing: CancellationError())
        }
    }

    private func enter(
        _ caller: CheckedContinuation<Void, any Error>, id: UInt64, with ticket: Room.Ticket,
        until deadline: Timestamp, after look: LeaseOutcome
    ) {
        let entry = state.withLock { state -> Room.Entry? in
            // Cancelled before this point: its handler found nobody to take out. Later: it waits for this lock.
            if Task.isCancelled { return nil }
            return state.room.enter(
                caller, id: id, with: ticket, until: deadline, lookedAt: look.lookedAt, nextDue: look.nextDue)
        }
        switch entry {
        case .waiting(let moment): setAlarm(moment)
        case .lookAgain: caller.resume()
        case .closed: caller.resume(throwing: QueueError.unavailable(reason: "the data folder is closed"))
        case nil: caller.resume(throwing: CancellationError())
        }
    }

    /// Messages are visible: as many receivers as that look.
    func messagesAppeared(_ count: Int, inQueue name: String) {
        if count < 1 { return }
        for caller in state.withLock({ $0.room.messagesAppeared(count, inQueue: name) }) { caller.resume() }
    }

    func messageWillAppear(at due: Timestamp, inQueue name: String) {
        if let moment = state.withLock({ $0.room.messageWillAppear(at: due, inQueue: name) }) { setAlarm(moment) }
    }

    /// Calls those for whom the time has come.
    func timeHasMoved() {
        for caller in state.withLock({ [now] in $0.room.strike(now: now()) }) { caller.resume() }
        if let moment = state.withLock(\.room.nextAlarm) { setAlarm(moment) }
    }

    func close() {
        for caller in state.withLock({ $0.room.close() }) {
            caller.resume(throwing: QueueError.unavailable(reason: "the data folder is closed"))
        }
    }

    private func setAlarm(_ moment: Timestamp) { alarm.set(moment) { [weak self] in self?.timeHasMoved() } }
}
