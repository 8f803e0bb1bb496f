/// How many messages of a queue are leased.
extension WriteConnection {
    /// How many more may be leased.
    ///
    /// Leases end by themselves, which nobody counts: those made since the index was last asked are more than there are,
    /// never fewer. So it is asked again only when they reach the limit.
    func freeLeases(in queue: QueueRecord, limit: Int, now: Int64) throws(SQLiteFailure) -> Int {
        if let made = leasesMade[queue.id], made < limit { return limit - made }
        let statement = try statement(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM messages INDEXED BY messages_by_visibility
                WHERE queue = ? AND visible_at > ? AND is_leased = 1 LIMIT ?)
            """)
        try statement.bind(queue.id, at: 1).bind(now, at: 2).bind(Int64(limit), at: 3)
        guard try statement.step() else { return 0 }
        defer { statement.reset() }
        let count = Int(statement.integer(0))
        leasesMade[queue.id] = count
        return limit - count
    }
}
