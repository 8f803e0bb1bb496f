import Queueing
import SpeakModel

extension WriteConnection {
    /// Appends a message.
    ///
    /// - Returns: When it becomes visible.
    /// - Throws: ``QueueError/messageTooLong(bytes:limit:)`` by the queue's own limit.
    func send(_ message: OutgoingMessage, _ uuid: MessageUUID, to queue: QueueRecord, now: Int64) throws -> Int64 {
        let limit = queue.configuration.maximumMessageBytes
        if message.bytes > limit { throw QueueError.messageTooLong(bytes: message.bytes, limit: limit) }
        let visibleAt = now + (message.delay ?? queue.configuration.delay).wholeMilliseconds
        try statement("INSERT INTO messages (queue, visible_at, sent_at) VALUES (?, ?, ?)")
            .bind(queue.id, at: 1).bind(visibleAt, at: 2).bind(now, at: 3).run()
        try statement("INSERT INTO contents (message, uuid, attributes, body) VALUES (?, ?, ?, ?)")
            .bind(lastInsertedRowID, at: 1).bind(uuid.bytes, at: 2)
            .bind(AttributeCoding.encode(message.attributes), at: 3).bind(message.body, at: 4).run()
        return visibleAt
    }
}
