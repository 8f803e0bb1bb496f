import Foundation
import JSON
import Queueing
import SpeakModel

/// Messages between the store's form and SQS's.
enum MessageJSON {
    /// An entry of SendMessageBatch.
    static func entry(_ message: OutgoingMessage, id: String) -> JSONValue {
        var entry: [String: JSONValue] = [
            "Id": .string(id), "MessageBody": .string(String(decoding: message.body, as: UTF8.self)),
        ]
        entry["DelaySeconds"] = message.delay.map { .number($0.wholeSeconds) }
        entry["MessageGroupId"] = message.group.map { .string($0) }
        entry["MessageDeduplicationId"] = message.deduplicationID.map { .string($0) }
        if !message.attributes.isEmpty { entry["MessageAttributes"] = .object(message.attributes.mapValues(json)) }
        if let header = message.traceHeader {
            entry["MessageSystemAttributes"] = ["AWSTraceHeader": json(.string(header))]
        }
        return .object(entry)
    }

    private static func json(_ attribute: MessageAttribute) -> JSONValue {
        let isBinary = attribute.dataType.prefix { $0 != "." } == "Binary"
        let value =
            isBinary
            ? Data(attribute.value).base64EncodedString() : String(decoding: attribute.value, as: UTF8.self)
        return ["DataType": .string(attribute.dataType), isBinary ? "BinaryValue" : "StringValue": .string(value)]
    }

    private static func attribute(_ json: JSONValue) -> MessageAttribute? {
        guard let type = json["DataType"]?.string else { return nil }
        if let text = json["StringValue"]?.string { return MessageAttribute(dataType: type, value: Array(text.utf8)) }
        return json["BinaryValue"]?.string.flatMap { Data(base64Encoded: $0) }
            .map { MessageAttribute(dataType: type, value: Array($0)) }
    }

    /// What of SQS's attributes a delivery has under the same name.
    private static let kept = ["MessageGroupId", "MessageDeduplicationId", "SequenceNumber", "AWSTraceHeader"]

    /// A message of ReceiveMessage's answer.
    static func delivery(_ json: JSONValue) throws -> Delivery {
        guard let id = json["MessageId"]?.string, let handle = json["ReceiptHandle"]?.string,
            let body = json["Body"]?.string
        else { throw ServiceError.unreadable(service: Service.sqs.name, reason: "a message lacks its id or its body.") }
        let system = json["Attributes"]?.object?.compactMapValues(\.string) ?? [:]
        func moment(_ name: String) -> Timestamp {
            Timestamp(milliseconds: system[name].flatMap { Int64($0) } ?? 0)
        }
        var attributes = json["MessageAttributes"]?.object?.compactMapValues(attribute) ?? [:]
        let note = FailureNote(takenFrom: &attributes)
        let source = system["DeadLetterQueueSourceArn"].flatMap(QueueName.inARN)
        let count = system["ApproximateReceiveCount"].flatMap { Int($0) } ?? 1
        return Delivery(
            id: note.id ?? MessageID(id), receipt: Receipt(handle: handle), body: Array(body.utf8),
            attributes: attributes, sentAt: note.sentAt ?? moment("SentTimestamp"),
            firstReceivedAt: moment("ApproximateFirstReceiveTimestamp"), receiveCount: count + note.receiveCount,
            // What SQS moved by itself was finished by nobody; this delivery is not one of those that failed.
            lastFailure: note.report?.reason ?? source.map { _ in RedrivePolicy.silentReason(receiveCount: count - 1) },
            sourceQueueName: note.sourceQueueName ?? source,
            systemAttributes: system.filter { kept.contains($0.key) })
    }
}
