import Queueing
import SpeakModel

/// The rows of queues.
extension WriteConnection {
    func findQueue(_ name: String) throws(SQLiteFailure) -> QueueRecord? {
        if let known = knownQueues[name] { return known }
        let found = try readQueue(name)
        knownQueues[name] = found
        return found
    }

    private func readQueue(_ name: String) throws(SQLiteFailure) -> QueueRecord? {
        let statement = try statement(
            """
            SELECT id, visibility_timeout, delay, retention_period, maximum_message_bytes, dead_letter_queue,
                maximum_receive_count, receive_wait, other_attributes, tags, created_at, modified_at,
                fifo, is_grouped
            FROM queues WHERE name = ?
            """)
        try statement.bind(name, at: 1)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try QueueRecord(name: name, row: statement)
    }

    /// - Throws: ``QueueError/noSuchQueue(_:)``.
    func queue(_ name: String) throws -> QueueRecord {
        guard let queue = try findQueue(name) else { throw QueueError.noSuchQueue(name) }
        return queue
    }

    func insertQueue(_ name: String, _ configuration: QueueConfiguration, now: Int64) throws {
        knownQueues = [:]
        let statement = try statement(
            """
            INSERT INTO queues (id, visibility_timeout, delay, retention_period, maximum_message_bytes,
                dead_letter_queue, maximum_receive_count, receive_wait, other_attributes, fifo, name, created_at, modified_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)
            """)
        try statement.bind(try newQueueID(), at: 1).bind(configuration).bind(name, at: 11).bind(now, at: 12).run()
    }

    func updateQueue(_ name: String, _ configuration: QueueConfiguration, now: Int64) throws {
        knownQueues = [:]
        let statement = try statement(
            """
            UPDATE queues SET visibility_timeout = ?2, delay = ?3, retention_period = ?4, maximum_message_bytes = ?5,
                dead_letter_queue = ?6, maximum_receive_count = ?7, receive_wait = ?8, other_attributes = ?9,
                fifo = ?10, modified_at = ?12
            WHERE name = ?11
            """)
        try statement.bind(configuration).bind(name, at: 11).bind(now, at: 12).run()
    }

    func updateTags(of queue: QueueRecord, _ tags: [String: String]) throws {
        knownQueues = [:]
        try statement("UPDATE queues SET tags = ? WHERE name = ?").bind(StringMap.text(tags), at: 1)
            .bind(queue.name, at: 2).run()
    }

    func markGrouped(_ queue: QueueRecord) throws(SQLiteFailure) {
        knownQueues = [:]
        try statement("UPDATE queues SET is_grouped = 1 WHERE name = ?").bind(queue.name, at: 1).run()
    }

    /// Leaves all messages of a queue behind at once; ``sweepQueues(now:limit:)`` deletes them later.
    func abandonMessages(of queue: QueueRecord) throws {
        knownQueues = [:]
        try statement("INSERT INTO abandoned_queues (id) VALUES (?)").bind(queue.id, at: 1).run()
        try statement("DELETE FROM fifo_groups WHERE queue = ?").bind(queue.id, at: 1).run()
        try forgetDeduplications(of: queue)
        try statement("UPDATE queues SET id = ? WHERE name = ?").bind(try newQueueID(), at: 1).bind(queue.name, at: 2)
            .run()
    }

    func deleteQueue(_ queue: QueueRecord) throws {
        knownQueues = [:]
        try abandonMessages(of: queue)
        try statement("DELETE FROM queues WHERE name = ?").bind(queue.name, at: 1).run()
    }

    /// - Throws: ``QueueError/noSuchQueue(_:)`` if dead letters would go to a queue that does not exist.
    func checkDeadLetterQueue(of configuration: QueueConfiguration) throws {
        if let policy = configuration.redrivePolicy { _ = try queue(policy.deadLetterQueueName) }
    }

    private func newQueueID() throws -> Int64 {
        try run("INSERT INTO queue_ids DEFAULT VALUES")
        return lastInsertedRowID
    }
}

extension QueueRecord {
    fileprivate init(name: String, row: PreparedStatement) throws(SQLiteFailure) {
        var configuration = QueueConfiguration(
            visibilityTimeout: .milliseconds(row.integer(1)), delay: .milliseconds(row.integer(2)),
            retentionPeriod: .milliseconds(row.integer(3)), maximumMessageBytes: Int(row.integer(4)),
            receiveWait: .milliseconds(row.integer(7)), otherAttributes: try StringMap.values(row.text(8)))
        if let deadLetterQueueName = row.text(5) {
            configuration.redrivePolicy = RedrivePolicy(
                deadLetterQueueName: deadLetterQueueName, maximumReceiveCount: Int(row.integer(6)))
        }
        if let stored = row.text(12) { configuration.fifo = FIFOSettings(stored: try StringMap.values(stored)) }
        self.init(
            name: name, id: row.integer(0), configuration: configuration, tags: try StringMap.values(row.text(9)),
            createdAt: row.integer(10), modifiedAt: row.integer(11), isGrouped: row.integer(13) == 1)
    }
}

extension PreparedStatement {
    /// Binds a configuration to the parameters 2 to 10.
    fileprivate func bind(_ configuration: QueueConfiguration) throws(SQLiteFailure) -> PreparedStatement {
        try bind(configuration.visibilityTimeout.wholeMilliseconds, at: 2)
        try bind(configuration.delay.wholeMilliseconds, at: 3)
        try bind(configuration.retentionPeriod.wholeMilliseconds, at: 4)
        try bind(Int64(configuration.maximumMessageBytes), at: 5)
        try bind(configuration.redrivePolicy?.deadLetterQueueName, at: 6)
        try bind(configuration.redrivePolicy.map { Int64($0.maximumReceiveCount) }, at: 7)
        try bind(configuration.receiveWait.wholeMilliseconds, at: 8)
        try bind(StringMap.text(configuration.otherAttributes), at: 9)
        return try bind(configuration.fifo.map { StringMap.text($0.stored) }, at: 10)
    }
}

extension FIFOSettings {
    fileprivate init(stored values: [String: String]) {
        self.init(
            deduplicatesByContent: values["by_content"] == "true",
            deduplicationScope: values["scope"].flatMap(Scope.init) ?? .queue,
            throughputLimit: values["limit"].flatMap(ThroughputLimit.init) ?? .perQueue)
    }

    fileprivate var stored: [String: String] {
        [
            "by_content": String(deduplicatesByContent), "scope": deduplicationScope.rawValue,
            "limit": throughputLimit.rawValue,
        ]
    }
}
