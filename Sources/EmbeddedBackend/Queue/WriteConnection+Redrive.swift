extension WriteConnection {
    /// Moves the oldest dead letters that nobody holds back to the queues they came from, where those still exist.
    ///
    /// - Parameter chosen: Only these, if not `nil`.
    /// - Returns: How many went to each queue.
    func redrive(
        from deadLetters: QueueRecord, only chosen: Set<MessageUUID>?, limit: Int, now: Int64
    ) throws -> [String: Int] {
        var moved: [String: Int] = [:]
        for letter in try redrivable(in: deadLetters, only: chosen, limit: limit, now: now) {
            guard let source = try findQueue(letter.source) else { continue }
            try renew(row: letter.row, movedFrom: deadLetters, to: source, now: now)
            moved[letter.source, default: 0] += 1
        }
        return moved
    }

    /// Moves a message as if it were sent now, with its identity and contents.
    func renew(row: Int64, movedFrom queue: QueueRecord, to target: QueueRecord, now: Int64) throws {
        try statement(
            """
            UPDATE messages
            SET queue = ?, visible_at = ?2, sent_at = ?2, is_leased = 0, receipt = 0, receive_count = 0,
                received_elsewhere = 0, first_received_at = NULL, source_queue = NULL
            WHERE id = ?3
            """
        ).bind(target.id, at: 1).bind(now, at: 2).bind(row, at: 3).run()
        try place(row: row, movedFrom: queue, to: target, now: now)
    }

    private func redrivable(
        in queue: QueueRecord, only chosen: Set<MessageUUID>?, limit: Int, now: Int64
    ) throws(SQLiteFailure) -> [(row: Int64, source: String)] {
        let statement = try statement(
            """
            SELECT messages.id, queues.name, contents.uuid
            FROM messages INDEXED BY messages_by_age JOIN queues ON queues.name = messages.source_queue
                JOIN contents ON contents.message = messages.id
            WHERE messages.queue = ?1 AND messages.visible_at <= ?2 AND messages.sent_at > ?3
            ORDER BY messages.sent_at, messages.id
            """)
        try statement.bind(queue.id, at: 1).bind(now, at: 2).bind(queue.expiryLimit(now: now), at: 3)
        defer { statement.reset() }
        var letters: [(row: Int64, source: String)] = []
        while letters.count < limit, try statement.step() {
            if let chosen, !chosen.contains(MessageUUID(bytes: statement.bytes(2))) { continue }
            letters.append((statement.integer(0), statement.text(1) ?? ""))
        }
        return letters
    }
}
