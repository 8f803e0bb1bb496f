import Queueing
import SpeakModel

/// What a receiver asks for.
struct LeaseRequest: Sendable {
    let maximum: Int
    /// The queue's own when `nil`.
    let visibilityTimeout: Duration?
    /// The caller's name for this receive of a FIFO queue.
    let attempt: String?
    /// How many messages of a queue may be leased at once.
    let inFlightLimit: Int
}

extension WriteConnection {
    /// Leases the oldest visible messages, of a FIFO queue the first ones of groups that are ready.
    ///
    /// Messages that are too old are deleted on the way, and those that were received too often move.
    ///
    /// - Throws: ``QueueError/tooManyInFlight(limit:)`` for a standard queue.
    func lease(from queue: QueueRecord, _ request: LeaseRequest, now: Int64) throws -> LeaseOutcome {
        let until = now + (request.visibilityTimeout ?? queue.configuration.visibilityTimeout).wholeMilliseconds
        if let attempt = request.attempt, queue.isFIFO,
            let deliveries = try deliverAgain(attempt, from: queue, until: until, now: now)
        {
            var outcome = LeaseOutcome(lookedAt: Timestamp(milliseconds: now))
            outcome.deliveries = deliveries
            return outcome
        }
        let free = try freeLeases(in: queue, limit: request.inFlightLimit, now: now)
        if free == 0, !queue.isFIFO { throw QueueError.tooManyInFlight(limit: request.inFlightLimit) }
        let maximum = min(request.maximum, free)
        let outcome =
            queue.isFIFO
            ? try leaseInOrder(from: queue, maximum: maximum, until: until, now: now)
            : try leaseByAge(from: queue, maximum: maximum, until: until, now: now)
        leasesMade[queue.id, default: 0] += outcome.deliveries.count
        if let attempt = request.attempt, queue.isFIFO { remember(attempt, outcome, in: queue, until: until, now: now) }
        return outcome
    }

    private func leaseByAge(
        from queue: QueueRecord, maximum: Int, until: Int64, now: Int64
    ) throws -> LeaseOutcome {
        let found = try candidates(in: queue, count: maximum + 1)
        var visible = Array(found.prefix { $0.visibleAt <= now })
        var outcome = LeaseOutcome(lookedAt: Timestamp(milliseconds: now))
        outcome.nextDue = found.dropFirst(visible.count).first.map { Timestamp(milliseconds: $0.visibleAt) }
        outcome.hasMore = visible.count > maximum
        if queue.isGrouped { visible = try quietFirst(visible, in: queue, now: now) }
        for candidate in visible.prefix(maximum) {
            try take(candidate, from: queue, until: until, now: now, into: &outcome)
        }
        return outcome
    }

    private func leaseInOrder(
        from queue: QueueRecord, maximum: Int, until: Int64, now: Int64
    ) throws -> LeaseOutcome {
        var outcome = LeaseOutcome(lookedAt: Timestamp(milliseconds: now))
        for group in maximum == 0 ? [] : try readyGroups(in: queue, count: maximum + 1, now: now) {
            guard outcome.deliveries.count < maximum else {
                outcome.hasMore = true
                break
            }
            let found = try candidates(ofGroup: group, in: queue, count: maximum - outcome.deliveries.count)
            for candidate in found.prefix(while: { $0.visibleAt <= now }) {
                try take(candidate, from: queue, until: until, now: now, into: &outcome)
            }
            try refreshGroup(group, in: queue, now: now)
        }
        outcome.nextDue = try nextGroupReady(in: queue)
        return outcome
    }

    /// The first messages of a group.
    ///
    /// Leased ones are few, so both kinds are read and put in order.
    private func candidates(
        ofGroup group: String, in queue: QueueRecord, count: Int
    ) throws(SQLiteFailure) -> [LeaseCandidate] {
        var found: [LeaseCandidate] = []
        for isLeased in [Int64(1), 0] {
            let statement = try statement(
                """
                SELECT id, visible_at, sent_at, receive_count, received_elsewhere, first_received_at, last_failure,
                    source_queue, sequence, message_group
                FROM messages INDEXED BY messages_by_group
                WHERE queue = ? AND message_group = ? AND is_leased = ? AND sequence IS NOT NULL
                ORDER BY sequence LIMIT ?
                """)
            try statement.bind(queue.id, at: 1).bind(group, at: 2).bind(isLeased, at: 3).bind(Int64(count), at: 4)
            while try statement.step() { found.append(LeaseCandidate(statement)) }
        }
        return Array(found.sorted { ($0.sequence ?? 0) < ($1.sequence ?? 0) }.prefix(count))
    }

    /// The messages that are visible first, hidden ones too.
    private func candidates(in queue: QueueRecord, count: Int) throws(SQLiteFailure) -> [LeaseCandidate] {
        let statement = try statement(
            """
            SELECT id, visible_at, sent_at, receive_count, received_elsewhere, first_received_at, last_failure,
                source_queue, sequence, message_group
            FROM messages INDEXED BY messages_by_visibility
            WHERE queue = ? ORDER BY visible_at, is_leased, id LIMIT ?
            """)
        try statement.bind(queue.id, at: 1).bind(Int64(count), at: 2)
        var found: [LeaseCandidate] = []
        while try statement.step() { found.append(LeaseCandidate(statement)) }
        return found
    }

    private func take(
        _ candidate: LeaseCandidate, from queue: QueueRecord, until: Int64, now: Int64, into outcome: inout LeaseOutcome
    ) throws {
        let limit = queue.expiryLimit(now: now)
        if candidate.sentAt <= limit {
            // There may be many: a chunk of the oldest goes at once.
            try deleteMessages(ofQueue: queue.id, sentUpTo: limit, limit: 1000)
            outcome.hasMore = true
        } else if let deadLetters = try deadLetterQueue(for: candidate, in: queue) {
            try moveDead(candidate, from: queue, to: deadLetters, now: now)
            outcome.deadLetterQueueName = deadLetters.name
            outcome.movedCount += 1
            outcome.hasMore = true
        } else {
            outcome.deliveries.append(try lease(candidate, until: until, now: now))
            let end = Timestamp(milliseconds: until)
            outcome.nextDue = min(outcome.nextDue ?? end, end)
        }
    }

    /// Where a message goes that has had all its deliveries: nowhere if that queue is gone.
    private func deadLetterQueue(for candidate: LeaseCandidate, in queue: QueueRecord) throws -> QueueRecord? {
        let receiveCount = Int(candidate.receiveCount - candidate.receivedElsewhere)
        guard let policy = queue.configuration.redrivePolicy, policy.isExhausted(receiveCount: receiveCount) else {
            return nil
        }
        return try findQueue(policy.deadLetterQueueName)
    }

    private func moveDead(
        _ candidate: LeaseCandidate, from queue: QueueRecord, to deadLetters: QueueRecord, now: Int64
    ) throws {
        let receiveCount = Int(candidate.receiveCount - candidate.receivedElsewhere)
        let reason = candidate.lastFailure ?? RedrivePolicy.silentReason(receiveCount: receiveCount)
        try moveDead(row: candidate.row, from: queue, to: deadLetters, reason: reason, now: now)
    }

    private func lease(_ candidate: LeaseCandidate, until: Int64, now: Int64) throws -> Delivery {
        let token = LeaseKey.randomToken()
        let firstReceivedAt = candidate.firstReceivedAt ?? now
        try statement(
            """
            UPDATE messages
            SET visible_at = ?, is_leased = 1, receipt = ?, receive_count = receive_count + 1, first_received_at = ?
            WHERE id = ?
            """
        ).bind(until, at: 1).bind(token, at: 2).bind(firstReceivedAt, at: 3).bind(candidate.row, at: 4).run()
        return try delivery(
            of: candidate, token: token, leasedAt: now, firstReceivedAt: firstReceivedAt,
            receiveCount: candidate.receiveCount + 1)
    }

    /// What a receiver gets of a message that has just been leased.
    func delivery(
        of candidate: LeaseCandidate, token: Int64, leasedAt: Int64, firstReceivedAt: Int64, receiveCount: Int64
    ) throws -> Delivery {
        let contents = try contents(of: candidate.row)
        var system = contents.system
        system["SequenceNumber"] = candidate.sequence.map(Self.text(sequence:))
        let key = LeaseKey(
            row: candidate.row, token: token, leasedAt: Timestamp(milliseconds: leasedAt), uuid: contents.uuid)
        return Delivery(
            id: contents.uuid.id, receipt: key.receipt, body: contents.body, attributes: contents.attributes,
            sentAt: Timestamp(milliseconds: candidate.sentAt),
            firstReceivedAt: Timestamp(milliseconds: firstReceivedAt),
            receiveCount: Int(receiveCount), lastFailure: candidate.lastFailure,
            sourceQueueName: candidate.sourceQueue, systemAttributes: system)
    }

    private func contents(
        of row: Int64
    ) throws -> (uuid: MessageUUID, attributes: [String: MessageAttribute], body: [UInt8], system: [String: String]) {
        let statement = try statement(
            "SELECT uuid, attributes, body, system_attributes FROM contents WHERE message = ?")
        try statement.bind(row, at: 1)
        guard try statement.step() else { throw SQLiteFailure(code: 11, message: "message \(row) has lost its body") }
        defer { statement.reset() }
        return (
            MessageUUID(bytes: statement.bytes(0)), try AttributeCoding.decode(statement.bytes(1)), statement.bytes(2),
            try StringMap.values(statement.text(3))
        )
    }
}
