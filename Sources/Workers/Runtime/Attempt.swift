import Documents
import Foundation
import Queueing
import SpeakModel

/// One attempt at a job, as `open_attempt` in AsyncJobStatus has it while it lasts.
///
/// Whoever finds it there with an earlier delivery of the same message knows that its worker died.
struct Attempt: Hashable, Sendable {
    /// Its own, among all attempts: `host/process/random`.
    let id: String
    let worker: WorkerIdentity
    let messageID: String
    let receiveCount: Int
    let startedAt: Timestamp
    /// When it can no longer be going on, whatever becomes of its worker.
    let endsBefore: Timestamp

    init(by worker: WorkerIdentity, of delivery: Delivery, startedAt: Timestamp, atMost duration: Duration) {
        id = "\(worker.host)/\(worker.processID)/\(UUID().uuidString.prefix(8))"
        self.worker = worker
        messageID = delivery.id.description
        receiveCount = delivery.receiveCount
        self.startedAt = startedAt
        endsBefore = startedAt + duration
    }
}

extension Attempt {
    var item: Item {
        [
            "id": .string(id), "host": .string(worker.host), "process_id": .number(Int(worker.processID)),
            "message_id": .string(messageID), "receive_count": .number(receiveCount),
            "started_at": .string(startedAt.iso8601), "ends_before": .string(endsBefore.iso8601),
        ]
    }

    init?(_ item: Item) {
        guard let id = item["id"]?.string, let host = item["host"]?.string,
            let processID = item["process_id"]?.int.flatMap(Int32.init(exactly:)),
            let messageID = item["message_id"]?.string, let receiveCount = item["receive_count"]?.int,
            let startedAt = item["started_at"]?.string.flatMap(Timestamp.init(iso8601:)),
            let endsBefore = item["ends_before"]?.string.flatMap(Timestamp.init(iso8601:))
        else { return nil }
        self.id = id
        worker = WorkerIdentity(host: host, processID: processID)
        self.messageID = messageID
        self.receiveCount = receiveCount
        self.startedAt = startedAt
        self.endsBefore = endsBefore
    }
}
