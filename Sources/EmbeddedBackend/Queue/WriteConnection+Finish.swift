import Queueing

/// How a delivery ends.
extension WriteConnection {
    func delete(_ key: LeaseKey, from queue: QueueRecord, now: Int64) throws -> Deletion {
        if queue.isFIFO { return try deleteInOrder(key, from: queue, now: now) }
        return try remove(key, from: queue) ? .deleted : .stale
    }

    /// Deletes a message whose lease has not ended.
    ///
    /// Afterwards its group is ready for the next receiver, who would get the message out of order if it were deleted
    /// late.
    private func deleteInOrder(_ key: LeaseKey, from queue: QueueRecord, now: Int64) throws -> Deletion {
        let statement = try statement(
            "SELECT message_group, receipt, visible_at FROM messages WHERE id = ? AND queue = ? AND sequence IS NOT NULL"
        )
        try statement.bind(key.row, at: 1).bind(queue.id, at: 2)
        guard try statement.step() else { return .stale }
        let group = statement.text(0) ?? ""
        let isHeld = statement.integer(1) == key.token && statement.integer(2) > now
        statement.reset()
        guard isHeld, try remove(key, from: queue) else { return .expired }
        try refreshGroup(group, in: queue, now: now)
        return .deleted
    }

    private func remove(_ key: LeaseKey, from queue: QueueRecord) throws(SQLiteFailure) -> Bool {
        let deleted = try statement("DELETE FROM messages WHERE id = ? AND receipt = ? AND queue = ?")
            .bind(key.row, at: 1).bind(key.token, at: 2).bind(queue.id, at: 3).run()
        guard deleted == 1 else { return false }
        try statement("DELETE FROM contents WHERE message = ?").bind(key.row, at: 1).run()
        return true
    }

    /// Lets a lease that has not ended yet end at another time.
    ///
    /// - Returns: `false` when the lease is not the message's latest.
    func changeVisibility(
        _ key: LeaseKey, in queue: QueueRecord, to visibleAt: Int64, reason: String?, now: Int64
    ) throws -> Bool {
        let isHeld =
            try statement(
                """
                UPDATE messages SET visible_at = ?, last_failure = ifnull(?, last_failure)
                WHERE id = ? AND receipt = ? AND queue = ? AND visible_at > ?
                """
            ).bind(visibleAt, at: 1).bind(reason, at: 2).bind(key.row, at: 3).bind(key.token, at: 4).bind(
                queue.id, at: 5
            )
            .bind(now, at: 6).run() == 1
        if isHeld, let group = try group(of: key, in: queue) { try refreshGroup(group, in: queue, now: now) }
        return isHeld
    }

    /// - Parameter attributes: What the letter has as attributes, encoded.
    /// - Returns: `false` when the lease is not the message's latest.
    func deadLetter(
        _ key: LeaseKey, from queue: QueueRecord, to deadLetters: QueueRecord, reason: String, attributes: [UInt8],
        now: Int64
    ) throws -> Bool {
        let statement = try statement("SELECT 1 FROM messages WHERE id = ? AND receipt = ? AND queue = ?")
        try statement.bind(key.row, at: 1).bind(key.token, at: 2).bind(queue.id, at: 3)
        guard try statement.step() else { return false }
        statement.reset()
        try self.statement("UPDATE contents SET attributes = ? WHERE message = ?").bind(attributes, at: 1)
            .bind(key.row, at: 2).run()
        try moveDead(row: key.row, from: queue, to: deadLetters, reason: reason, now: now)
        return true
    }

    /// Moves a message, with its identity, contents, count and age, to a dead-letter queue.
    func moveDead(row: Int64, from queue: QueueRecord, to deadLetters: QueueRecord, reason: String, now: Int64) throws {
        try statement(
            """
            UPDATE messages
            SET queue = ?, visible_at = ?, is_leased = 0, receipt = 0, received_elsewhere = receive_count,
                last_failure = ?, source_queue = ?
            WHERE id = ?
            """
        ).bind(deadLetters.id, at: 1).bind(now, at: 2).bind(reason, at: 3).bind(queue.name, at: 4).bind(row, at: 5)
            .run()
        try place(row: row, movedFrom: queue, to: deadLetters, now: now)
    }

    /// Gives a message that has moved between queues its place at the end of its group there.
    func place(row: Int64, movedFrom queue: QueueRecord, to target: QueueRecord, now: Int64) throws {
        guard target.isFIFO else {
            if queue.isGrouped, !target.isGrouped { try markGrouped(target) }
            return
        }
        let sequence = try nextSequence(in: target)
        let statement = try statement("UPDATE messages SET sequence = ? WHERE id = ? RETURNING message_group")
        try statement.bind(sequence, at: 1).bind(row, at: 2)
        guard try statement.step(), let group = statement.text(0) else { return statement.reset() }
        while try statement.step() {}
        try addGroup(group, to: target, readyAt: 0, head: sequence)
        try refreshGroup(group, in: queue, now: now)
    }
}
