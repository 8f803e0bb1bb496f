extension WriteConnection {
    /// Deletes messages that are too old, and those that a purge left behind.
    ///
    /// - Returns: How many were deleted; fewer than `limit` when none is left.
    func sweepQueues(now: Int64, limit: Int) throws -> Int {
        var deleted = 0
        try forgetOldDeduplications(now: now)
        for queue in try allQueues() where deleted < limit {
            deleted += try deleteMessages(
                ofQueue: queue.id, sentUpTo: now - queue.retentionPeriod, limit: limit - deleted)
        }
        while deleted < limit, let id = try abandonedQueue() {
            let count = try deleteMessages(ofQueue: id, sentUpTo: .max, limit: limit - deleted)
            deleted += count
            if deleted < limit { try statement("DELETE FROM abandoned_queues WHERE id = ?").bind(id, at: 1).run() }
        }
        return deleted
    }

    /// Deletes the oldest messages of a queue, leased ones too.
    @discardableResult
    func deleteMessages(ofQueue id: Int64, sentUpTo moment: Int64, limit: Int) throws(SQLiteFailure) -> Int {
        try statement(
            """
            DELETE FROM contents WHERE message IN (
                SELECT id FROM messages WHERE queue = ? AND sent_at <= ? ORDER BY sent_at, id LIMIT ?)
            """
        ).bind(id, at: 1).bind(moment, at: 2).bind(Int64(limit), at: 3).run()
        return try statement(
            """
            DELETE FROM messages WHERE id IN (
                SELECT id FROM messages WHERE queue = ? AND sent_at <= ? ORDER BY sent_at, id LIMIT ?)
            """
        ).bind(id, at: 1).bind(moment, at: 2).bind(Int64(limit), at: 3).run()
    }

    private func allQueues() throws(SQLiteFailure) -> [(id: Int64, retentionPeriod: Int64)] {
        let statement = try statement("SELECT id, retention_period FROM queues")
        var queues: [(id: Int64, retentionPeriod: Int64)] = []
        while try statement.step() { queues.append((statement.integer(0), statement.integer(1))) }
        return queues
    }

    private func abandonedQueue() throws(SQLiteFailure) -> Int64? {
        let statement = try statement("SELECT id FROM abandoned_queues LIMIT 1")
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.integer(0)
    }
}
