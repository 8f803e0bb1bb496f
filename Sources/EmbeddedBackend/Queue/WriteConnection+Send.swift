import Queueing
import SpeakModel

extension WriteConnection {
    /// What came of a send.
    struct Sent {
        let message: SentMessage
        /// `nil` if the message had been sent before.
        let visibleAt: Int64?
    }

    /// Appends a message, unless a FIFO queue has it already.
    ///
    /// - Throws: ``QueueError/messageTooLong(bytes:limit:)`` by the queue's own limit.
    func send(_ message: OutgoingMessage, _ uuid: MessageUUID, to queue: QueueRecord, now: Int64) throws -> Sent {
        let limit = queue.configuration.maximumMessageBytes
        if message.bytes > limit { throw QueueError.messageTooLong(bytes: message.bytes, limit: limit) }
        if let settings = queue.configuration.fifo { return try send(message, uuid, to: queue, settings, now: now) }
        let visibleAt = now + (message.delay ?? queue.configuration.delay).wholeMilliseconds
        if message.group != nil, !queue.isGrouped { try markGrouped(queue) }
        let group = message.group ?? (queue.isGrouped ? "" : nil)
        try insert(message, uuid, in: queue, visibleAt: visibleAt, now: now, group: group, sequence: nil)
        return Sent(message: SentMessage(id: uuid.id), visibleAt: visibleAt)
    }

    private func send(
        _ message: OutgoingMessage, _ uuid: MessageUUID, to queue: QueueRecord, _ settings: FIFOSettings, now: Int64
    ) throws -> Sent {
        guard let group = message.group else {
            throw QueueError.outOfRange(parameter: "MessageGroupId", value: "left out", allowed: "a group")
        }
        if message.delay != nil {
            throw QueueError.outOfRange(
                parameter: "DelaySeconds", value: "given", allowed: "the queue's own delay in a FIFO queue")
        }
        let id = try DeduplicationID(of: message, group: group, in: queue, settings)
        if let earlier = try earlier(id, now: now) {
            return Sent(
                message: SentMessage(id: earlier.uuid.id, sequenceNumber: Self.text(sequence: earlier.sequence)),
                visibleAt: nil)
        }
        let sequence = try nextSequence(in: queue)
        let visibleAt = now + queue.configuration.delay.wholeMilliseconds
        var kept = message
        kept.deduplicationID = id.text
        try insert(kept, uuid, in: queue, visibleAt: visibleAt, now: now, group: group, sequence: sequence)
        try addGroup(group, to: queue, readyAt: visibleAt > now ? visibleAt : 0, head: sequence)
        try remember(id, uuid, sequence: sequence, now: now)
        return Sent(
            message: SentMessage(id: uuid.id, sequenceNumber: Self.text(sequence: sequence)), visibleAt: visibleAt)
    }

    private func insert(
        _ message: OutgoingMessage, _ uuid: MessageUUID, in queue: QueueRecord, visibleAt: Int64, now: Int64,
        group: String?, sequence: Int64?
    ) throws(SQLiteFailure) {
        try statement(
            "INSERT INTO messages (queue, visible_at, sent_at, message_group, sequence) VALUES (?, ?, ?, ?, ?)"
        ).bind(queue.id, at: 1).bind(visibleAt, at: 2).bind(now, at: 3).bind(group, at: 4)
            .bind(sequence, at: 5).run()
        try statement(
            "INSERT INTO contents (message, uuid, attributes, body, system_attributes) VALUES (?, ?, ?, ?, ?)"
        ).bind(lastInsertedRowID, at: 1).bind(uuid.bytes, at: 2).bind(AttributeCoding.encode(message.attributes), at: 3)
            .bind(message.body, at: 4).bind(StringMap.text(message.systemAttributes), at: 5).run()
    }

    /// Twenty digits, as SQS has them.
    static func text(sequence: Int64) -> String {
        let digits = String(sequence)
        return "1" + String(repeating: "0", count: 19 - digits.count) + digits
    }
}

extension OutgoingMessage {
    fileprivate var systemAttributes: [String: String] {
        var values: [String: String] = [:]
        values["MessageGroupId"] = group
        values["MessageDeduplicationId"] = deduplicationID
        values["AWSTraceHeader"] = traceHeader
        return values
    }
}
