import Queueing
import SpeakModel

/// Groups of messages in FIFO queues.
///
/// A group has a row while it has messages: its first message's sequence number, and when it is ready. It is ready at
/// once (0) unless one of its messages is leased or its first one is delayed. What readies or blocks a group calls
/// ``refreshGroup(_:in:now:)``; a row that is out of date, after messages grew too old, mends itself at the next receive.
extension WriteConnection {
    func nextSequence(in queue: QueueRecord) throws -> Int64 {
        let statement = try statement(
            "UPDATE queues SET last_sequence = last_sequence + 1 WHERE name = ? RETURNING last_sequence")
        try statement.bind(queue.name, at: 1)
        guard try statement.step() else { throw QueueError.noSuchQueue(queue.name) }
        let sequence = statement.integer(0)
        while try statement.step() {}
        return sequence
    }

    /// Makes a group known that has got a message, unless it was before.
    func addGroup(_ name: String, to queue: QueueRecord, readyAt: Int64, head: Int64) throws(SQLiteFailure) {
        try statement(
            "INSERT INTO fifo_groups (queue, name, ready_at, head) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        ).bind(queue.id, at: 1).bind(name, at: 2).bind(readyAt, at: 3).bind(head, at: 4).run()
    }

    /// Looks at a group's messages again.
    func refreshGroup(_ name: String, in queue: QueueRecord, now: Int64) throws(SQLiteFailure) {
        let fresh = try first(ofGroup: name, in: queue, isLeased: false)
        let leased = try first(ofGroup: name, in: queue, isLeased: true)
        guard let head = [fresh, leased].compactMap({ $0 }).min(by: { $0.sequence < $1.sequence }) else {
            try statement("DELETE FROM fifo_groups WHERE queue = ? AND name = ?").bind(queue.id, at: 1)
                .bind(name, at: 2).run()
            return
        }
        let blockedUntil = max(try leaseEnd(ofGroup: name, in: queue), head.visibleAt)
        try statement("UPDATE fifo_groups SET ready_at = ?, head = ? WHERE queue = ? AND name = ?")
            .bind(blockedUntil > now ? blockedUntil : 0, at: 1).bind(head.sequence, at: 2).bind(queue.id, at: 3)
            .bind(name, at: 4).run()
    }

    private func first(
        ofGroup name: String, in queue: QueueRecord, isLeased: Bool
    ) throws(SQLiteFailure) -> (sequence: Int64, visibleAt: Int64)? {
        let statement = try statement(
            """
            SELECT sequence, visible_at FROM messages INDEXED BY messages_by_group
            WHERE queue = ? AND message_group = ? AND is_leased = ? AND sequence IS NOT NULL ORDER BY sequence LIMIT 1
            """)
        try statement.bind(queue.id, at: 1).bind(name, at: 2).bind(isLeased ? 1 : 0, at: 3)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return (statement.integer(0), statement.integer(1))
    }

    /// When the last lease of a group ends; 0 without one.
    private func leaseEnd(ofGroup name: String, in queue: QueueRecord) throws(SQLiteFailure) -> Int64 {
        let statement = try statement(
            """
            SELECT ifnull(max(visible_at), 0) FROM messages INDEXED BY messages_by_group
            WHERE queue = ? AND message_group = ? AND is_leased = 1 AND sequence IS NOT NULL
            """)
        try statement.bind(queue.id, at: 1).bind(name, at: 2)
        guard try statement.step() else { return 0 }
        defer { statement.reset() }
        return statement.integer(0)
    }

    /// The groups that are ready, by their first messages.
    func readyGroups(in queue: QueueRecord, count: Int, now: Int64) throws(SQLiteFailure) -> [String] {
        try statement("UPDATE fifo_groups SET ready_at = 0 WHERE queue = ? AND ready_at > 0 AND ready_at <= ?")
            .bind(queue.id, at: 1).bind(now, at: 2).run()
        let statement = try statement(
            """
            SELECT name FROM fifo_groups INDEXED BY fifo_groups_by_readiness
            WHERE queue = ? AND ready_at = 0 ORDER BY head LIMIT ?
            """)
        try statement.bind(queue.id, at: 1).bind(Int64(count), at: 2)
        var names: [String] = []
        while try statement.step() { names.append(statement.text(0) ?? "") }
        return names
    }

    /// When the next blocked group is ready.
    func nextGroupReady(in queue: QueueRecord) throws(SQLiteFailure) -> Timestamp? {
        let statement = try statement(
            """
            SELECT ready_at FROM fifo_groups INDEXED BY fifo_groups_by_readiness
            WHERE queue = ? AND ready_at > 0 ORDER BY ready_at LIMIT 1
            """)
        try statement.bind(queue.id, at: 1)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return Timestamp(milliseconds: statement.integer(0))
    }

    /// The group of a message, by its lease.
    ///
    /// - Returns: `nil` for a stale lease, and in a standard queue.
    func group(of key: LeaseKey, in queue: QueueRecord) throws(SQLiteFailure) -> String? {
        guard queue.configuration.fifo != nil else { return nil }
        let statement = try statement(
            "SELECT message_group FROM messages WHERE id = ? AND receipt = ? AND queue = ? AND sequence IS NOT NULL")
        try statement.bind(key.row, at: 1).bind(key.token, at: 2).bind(queue.id, at: 3)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.text(0)
    }
}
