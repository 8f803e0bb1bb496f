import SpeakModel

/// Who waits for messages, in which queue: a pure value that answers who is to look again.
///
/// Whoever is called looks into the queue once more, and calls the next when it leaves something visible behind. So a
/// message wakes one receiver and not all of them, and no message stays while somebody waits:
/// - A ticket is drawn before looking. If something became visible since, its holder is turned back to look again.
/// - Of hidden messages the room knows when the first one appears.
struct WaitingRoom<Caller> {
    struct Ticket: Hashable, Sendable {
        let queueName: String
        fileprivate let round: UInt64
    }

    enum Entry: Equatable {
        /// The caller waits; the clock must strike at this moment at the latest.
        case waiting(alarm: Timestamp)
        /// Something became visible since the ticket was drawn.
        case lookAgain
        case closed
    }

    private struct Waiter {
        let id: UInt64
        let caller: Caller
        let deadline: Timestamp
    }

    private struct Line {
        /// How often something became visible.
        var round: UInt64 = 0
        var waiters: [Waiter] = []
        /// When the first hidden message appears, as far as is known.
        var due: Timestamp?

        mutating func callFirst(_ count: Int) -> [Caller] {
            let called = waiters.prefix(count)
            waiters.removeFirst(called.count)
            return called.map(\.caller)
        }
    }

    private var lines: [String: Line] = [:]
    private var isClosed = false

    var count: Int { lines.values.reduce(0) { $0 + $1.waiters.count } }

    func ticket(forQueue name: String) -> Ticket { Ticket(queueName: name, round: lines[name]?.round ?? 0) }

    /// - Parameters:
    ///   - lookedAt: When the caller looked and found nothing.
    ///   - nextDue: The first hidden message that it saw then.
    mutating func enter(
        _ caller: Caller, id: UInt64, with ticket: Ticket, until deadline: Timestamp, lookedAt: Timestamp,
        nextDue: Timestamp?
    ) -> Entry {
        if isClosed { return .closed }
        var line = lines[ticket.queueName] ?? Line()
        if line.round != ticket.round { return .lookAgain }
        // What was due before the look was seen by it.
        let laterDue = line.due.flatMap { $0 > lookedAt ? $0 : nil }
        line.due = [laterDue, nextDue].compactMap(\.self).min()
        line.waiters.append(Waiter(id: id, caller: caller, deadline: deadline))
        lines[ticket.queueName] = line
        return .waiting(alarm: min(deadline, line.due ?? deadline))
    }

    /// Takes a caller out that no longer wants to wait; `nil` if it was called before.
    mutating func leave(_ id: UInt64, queueName: String) -> Caller? {
        guard let index = lines[queueName]?.waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return lines[queueName]?.waiters.remove(at: index).caller
    }

    /// Messages are visible: as many callers as that look, the longest waiting first.
    mutating func messagesAppeared(_ count: Int, inQueue name: String) -> [Caller] {
        lines[name, default: Line()].round += 1
        return lines[name]?.callFirst(count) ?? []
    }

    /// A message will appear.
    ///
    /// - Returns: When the clock must strike at the latest; `nil` if nobody waits for it.
    mutating func messageWillAppear(at due: Timestamp, inQueue name: String) -> Timestamp? {
        var line = lines[name] ?? Line()
        line.due = min(due, line.due ?? due)
        lines[name] = line
        return line.waiters.isEmpty ? nil : line.due
    }

    /// The clock struck: everybody whose wait is over looks a last time, and one where a hidden message appears.
    mutating func strike(now: Timestamp) -> [Caller] {
        var called: [Caller] = []
        for name in lines.keys { called += strike(&lines[name, default: Line()], now: now) }
        return called
    }

    private func strike(_ line: inout Line, now: Timestamp) -> [Caller] {
        var called: [Caller] = []
        if let due = line.due, due <= now {
            line.due = nil
            line.round += 1
            called = line.callFirst(1)
        }
        called += line.waiters.filter { $0.deadline <= now }.map(\.caller)
        line.waiters.removeAll { $0.deadline <= now }
        return called
    }

    /// When the clock must strike next.
    var nextAlarm: Timestamp? {
        lines.values.filter { !$0.waiters.isEmpty }
            .flatMap { line in line.waiters.map(\.deadline) + [line.due].compactMap(\.self) }
            .min()
    }

    /// Calls everybody; nobody may wait any more.
    mutating func close() -> [Caller] {
        isClosed = true
        defer { lines = [:] }
        return lines.values.flatMap { $0.waiters.map(\.caller) }
    }
}
