import Documents
import Queueing
import SpeakModel

/// The delivery that a job was given up with, as `given_up` in AsyncJobStatus has it while the job is FAILED.
///
/// The row is written before the message is out of the way. A later delivery of the same message only finishes that; a
/// message that somebody sent back is another one, or the same sent anew, and begins the job anew.
struct GivenUpDelivery: Hashable, Sendable {
    let messageID: String
    let sentAt: Timestamp
    let receiveCount: Int
    /// Whether the message goes to the dead letters; otherwise it goes away.
    let isLetter: Bool
    let host: String
    let stack: String?

    static let name = "given_up"

    init(_ delivery: Delivery, isLetter: Bool, host: String, stack: String?) {
        messageID = delivery.id.description
        sentAt = delivery.sentAt
        receiveCount = delivery.receiveCount
        self.isLetter = isLetter
        self.host = host
        self.stack = stack.map { FailureReason.cut($0, toBytes: FailureReport.maximumStackBytes) }
    }

    /// Whether this is the same message, that could not be put out of the way.
    func isRepeated(by delivery: Delivery) -> Bool {
        messageID == delivery.id.description && sentAt == delivery.sentAt && receiveCount < delivery.receiveCount
    }
}

extension GivenUpDelivery {
    var item: Item {
        var item: Item = [
            "message_id": .string(messageID), "sent_at": .string(sentAt.iso8601), "host": .string(host),
            "receive_count": .number(receiveCount), "is_letter": .bool(isLetter),
        ]
        item["stack"] = stack.map { .string($0) }
        return item
    }

    init?(_ item: Item) {
        guard let messageID = item["message_id"]?.string, let receiveCount = item["receive_count"]?.int,
            let sentAt = item["sent_at"]?.string.flatMap(Timestamp.init(iso8601:)), let host = item["host"]?.string
        else { return nil }
        self.messageID = messageID
        self.sentAt = sentAt
        self.receiveCount = receiveCount
        isLetter = item["is_letter"] == true
        self.host = host
        stack = item["stack"]?.string
    }
}
