import Queueing
import SpeakModel

/// Receives of FIFO queues that may be repeated, by the names that their callers gave them.
///
/// They are kept in memory: after a crash their leases are what is left, and those end.
extension WriteConnection {
    struct AttemptName: Hashable {
        let queue: Int64
        let text: String
    }

    struct Attempt {
        let keys: [LeaseKey]
        let until: Int64
        let madeAt: Int64
    }

    private static let attemptInterval: Int64 = 300_000

    func remember(_ name: String, _ outcome: LeaseOutcome, in queue: QueueRecord, until: Int64, now: Int64) {
        if outcome.deliveries.isEmpty { return }
        attempts = attempts.filter { $0.value.madeAt > now - Self.attemptInterval }
        attempts[AttemptName(queue: queue.id, text: name)] = Attempt(
            keys: outcome.deliveries.compactMap { LeaseKey($0.receipt) }, until: until, madeAt: now)
    }

    /// The deliveries of an earlier receive of this name, leased until another time.
    ///
    /// - Returns: `nil` if there is none, or if one of its messages was deleted, received again or had its visibility
    ///   changed.
    func deliverAgain(_ name: String, from queue: QueueRecord, until: Int64, now: Int64) throws -> [Delivery]? {
        let name = AttemptName(queue: queue.id, text: name)
        guard let attempt = attempts[name], attempt.madeAt > now - Self.attemptInterval, attempt.until > now else {
            return nil
        }
        var candidates: [LeaseCandidate] = []
        for key in attempt.keys {
            guard let candidate = try candidate(key, in: queue, visibleAt: attempt.until) else { return nil }
            candidates.append(candidate)
        }
        var deliveries: [Delivery] = []
        for (key, candidate) in zip(attempt.keys, candidates) {
            try statement("UPDATE messages SET visible_at = ? WHERE id = ?").bind(until, at: 1).bind(key.row, at: 2)
                .run()
            deliveries.append(
                try delivery(
                    of: candidate, token: key.token, leasedAt: key.leasedAt.milliseconds,
                    firstReceivedAt: candidate.firstReceivedAt ?? now, receiveCount: candidate.receiveCount))
        }
        for group in Set(candidates.compactMap(\.group)) { try refreshGroup(group, in: queue, now: now) }
        attempts[name] = Attempt(keys: attempt.keys, until: until, madeAt: attempt.madeAt)
        return deliveries
    }

    private func candidate(
        _ key: LeaseKey, in queue: QueueRecord, visibleAt: Int64
    ) throws(SQLiteFailure) -> LeaseCandidate? {
        let statement = try statement(
            """
            SELECT id, visible_at, sent_at, receive_count, received_elsewhere, first_received_at, last_failure,
                source_queue, sequence, message_group
            FROM messages WHERE id = ? AND receipt = ? AND queue = ? AND visible_at = ?
            """)
        try statement.bind(key.row, at: 1).bind(key.token, at: 2).bind(queue.id, at: 3).bind(visibleAt, at: 4)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return LeaseCandidate(statement)
    }
}
