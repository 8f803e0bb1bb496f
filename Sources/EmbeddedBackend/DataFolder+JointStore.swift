package import Documents
package import Queueing
import SpeakModel

extension DataFolder: JointStore {
    package func transact(
        _ writes: [DocumentWrite], sending message: OutgoingMessage, toQueueNamed queue: String,
        once key: IdempotencyKey?
    ) async throws -> String? {
        try OutgoingMessage.check(batch: [message])
        let uuid = MessageUUID.random()
        let outcome = try await documents.transact(writes, bytes: message.bytes) {
            [storage] connection, apply -> (earlier: String?, visibleAt: Int64?) in
            let now = storage.now().milliseconds
            if let key, let earlier = try connection.answer(to: key, now: now) { return (earlier, nil) }
            _ = try apply()
            let sent = try connection.send(message, uuid, to: connection.queue(queue), now: now)
            if let key { try connection.remember(key, now: now) }
            return (nil, sent.visibleAt)
        }
        if let visibleAt = outcome.visibleAt {
            queues.announce([Timestamp(milliseconds: visibleAt)], inQueueNamed: queue)
            queues.traffic.sent(1, toQueueNamed: queue)
        }
        return outcome.earlier
    }
}
