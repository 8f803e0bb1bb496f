import Crypto
import Queueing

/// What was sent to FIFO queues in the last five minutes.
extension WriteConnection {
    static let deduplicationInterval: Int64 = 300_000

    struct Earlier {
        let uuid: MessageUUID
        let sequence: Int64
    }

    /// The message that was sent with the same deduplication id, be it still there or not.
    func earlier(_ id: DeduplicationID, now: Int64) throws(SQLiteFailure) -> Earlier? {
        let statement = try statement(
            "SELECT uuid, sequence FROM deduplications WHERE queue = ? AND scope = ? AND id = ? AND sent_at > ?")
        try statement.bind(id.queue, at: 1).bind(id.scope, at: 2).bind(id.text, at: 3)
            .bind(now - Self.deduplicationInterval, at: 4)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return Earlier(uuid: MessageUUID(bytes: statement.bytes(0)), sequence: statement.integer(1))
    }

    func remember(_ id: DeduplicationID, _ uuid: MessageUUID, sequence: Int64, now: Int64) throws(SQLiteFailure) {
        try statement(
            "INSERT OR REPLACE INTO deduplications (queue, scope, id, uuid, sequence, sent_at) VALUES (?, ?, ?, ?, ?, ?)"
        ).bind(id.queue, at: 1).bind(id.scope, at: 2).bind(id.text, at: 3).bind(uuid.bytes, at: 4)
            .bind(sequence, at: 5).bind(now, at: 6).run()
    }

    func forgetOldDeduplications(now: Int64) throws(SQLiteFailure) {
        try statement("DELETE FROM deduplications WHERE sent_at <= ?").bind(now - Self.deduplicationInterval, at: 1)
            .run()
    }

    func forgetDeduplications(of queue: QueueRecord) throws(SQLiteFailure) {
        try statement("DELETE FROM deduplications WHERE queue = ?").bind(queue.name, at: 1).run()
    }
}

/// By what a FIFO queue knows a message again.
struct DeduplicationID {
    let queue: String
    /// The group, where each has its own ids.
    let scope: String
    let text: String

    /// - Throws: ``QueueError/outOfRange(parameter:value:allowed:)`` if there is none.
    init(of message: OutgoingMessage, group: String, in queue: QueueRecord, _ settings: FIFOSettings) throws {
        self.queue = queue.name
        scope = settings.deduplicationScope == .messageGroup ? group : ""
        if let id = message.deduplicationID {
            text = id
        } else if settings.deduplicatesByContent {
            text = Hexadecimal.text(Array(SHA256.hash(data: message.body)))
        } else {
            throw QueueError.outOfRange(
                parameter: "MessageDeduplicationId", value: "left out", allowed: "an id, or deduplication by content")
        }
    }
}
