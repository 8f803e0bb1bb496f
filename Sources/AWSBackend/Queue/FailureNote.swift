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
    var report: FailureReport?
    var sourceQueueName: String?
    /// When it was sent first.
    var sentAt: Timestamp?
    /// Its deliveries before this copy was sent.
    var receiveCount = 0

    private enum Name: String, CaseIterable {
        case source = "speaktracker.source_queue"
        case id = "speaktracker.message_id"
        case receiveCount = "speaktracker.receive_count"
        case sentAt = "speaktracker.sent_at"
    }

    /// Reads a note; the report stays for whoever reads the attributes.
    init(takenFrom attributes: inout [String: MessageAttribute]) {
        func take(_ name: Name) -> String? {
            attributes.removeValue(forKey: name.rawValue).map { String(decoding: $0.value, as: UTF8.self) }
        }
        report = FailureReport(attributes)
        sourceQueueName = take(.source)
        id = take(.id).map(MessageID.init)
        receiveCount = take(.receiveCount).flatMap { Int($0) } ?? 0
        sentAt = take(.sentAt).flatMap(Timestamp.init(iso8601:))
    }

    /// - Parameter report: What the attributes and the last failure of the delivery say, if left out.
    init(_ delivery: Delivery, _ report: FailureReport?, from queue: String?, receiveCount: Int, sentAt: Timestamp?) {
        id = delivery.id
        self.report =
            report ?? FailureReport(delivery.attributes) ?? delivery.lastFailure.map { FailureReport(reason: $0) }
        sourceQueueName = queue
        self.receiveCount = receiveCount
        self.sentAt = sentAt
    }

    /// The message with as much of the note as the limits leave room for.
    ///
    /// First comes what the letter cannot be sent back without, last what would only be good to know.
    func added(to message: OutgoingMessage) -> OutgoingMessage {
        var noted = message
        for name in FailureReport.Name.allCases { noted.attributes[name.rawValue] = nil }
        noted.addIfFits(report?.attribute(.reason), FailureReport.Name.reason.rawValue)
        for name in Name.allCases { noted.addIfFits(attribute(name), name.rawValue) }
        for name in FailureReport.Name.allCases where name != .reason {
            noted.addIfFits(report?.attribute(name), name.rawValue)
        }
        return noted
    }

    private func attribute(_ name: Name) -> MessageAttribute? {
        switch name {
        case .source: sourceQueueName.map { .string($0) }
        case .id: id.map { .string($0.description) }
        case .receiveCount:
            receiveCount > 0 ? MessageAttribute(dataType: "Number", value: Array(String(receiveCount).utf8)) : nil
        case .sentAt: sentAt.map { .string($0.iso8601) }
        }
    }
}
