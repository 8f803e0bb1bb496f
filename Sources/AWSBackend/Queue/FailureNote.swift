import Queueing
import SpeakModel

/// What SQS does not keep of a message whose work failed, as attributes of the message that is sent in its place.
///
/// SQS moves a message to the dead letters by itself when it was received too often, and then nobody is asked for a
/// reason. A worker that gives a message up sends it there with these, and deletes it: the copy is another message to
/// SQS, and the same one to us.
struct FailureNote: Hashable, Sendable {
    /// The message's first id, by which it is known for its whole life.
    var id: MessageID?
    var reason: String?
    var sourceQueueName: String?
    /// When it was sent first.
    var sentAt: Timestamp?
    /// Its deliveries before this copy was sent.
    var receiveCount = 0

    /// In the order of what a reader misses most.
    private enum Name: String, CaseIterable {
        case reason = "speaktracker.reason"
        case source = "speaktracker.source_queue"
        case id = "speaktracker.message_id"
        case receiveCount = "speaktracker.receive_count"
        case sentAt = "speaktracker.sent_at"
    }

    /// Reads a note, and leaves the sender's own attributes.
    init(takenFrom attributes: inout [String: MessageAttribute]) {
        func take(_ name: Name) -> String? {
            attributes.removeValue(forKey: name.rawValue).map { String(decoding: $0.value, as: UTF8.self) }
        }
        reason = take(.reason)
        sourceQueueName = take(.source)
        id = take(.id).map(MessageID.init)
        receiveCount = take(.receiveCount).flatMap { Int($0) } ?? 0
        sentAt = take(.sentAt).flatMap(Timestamp.init(iso8601:))
    }

    init(_ delivery: Delivery, reason: String?, from queue: String?, receiveCount: Int, sentAt: Timestamp?) {
        id = delivery.id
        self.reason = (reason ?? delivery.lastFailure).map(FailureReason.cut)
        sourceQueueName = queue
        self.receiveCount = receiveCount
        self.sentAt = sentAt
    }

    /// The message with as much of the note as the limits leave room for.
    func added(to message: OutgoingMessage) -> OutgoingMessage {
        var noted = message
        for name in Name.allCases {
            guard let value = value(name), !value.isEmpty, noted.attributes.count < QueueLimits.maximumAttributes else {
                continue
            }
            let type = name == .receiveCount ? "Number" : "String"
            var longer = noted
            longer.attributes[name.rawValue] = MessageAttribute(dataType: type, value: Array(value.utf8))
            if longer.bytes <= QueueLimits.maximumMessageBytes { noted = longer }
        }
        return noted
    }

    private func value(_ name: Name) -> String? {
        switch name {
        case .reason: reason
        case .source: sourceQueueName
        case .id: id?.description
        case .receiveCount: receiveCount > 0 ? String(receiveCount) : nil
        case .sentAt: sentAt?.iso8601
        }
    }
}
