import Foundation
import JSON
import Queueing

/// Messages between their wire form and the store's.
enum MessageEntry {
    static let attributeShape = Shape.structure([
        .init("StringValue", .string), .init("BinaryValue", .blob), .init("DataType", .string),
        .init("StringListValues", .list(.string, name: "StringListValue")),
        .init("BinaryListValues", .list(.blob, name: "BinaryListValue")),
    ])
    static let attributes = Shape.Member(
        "MessageAttributes", .map(attributeShape, entry: "MessageAttribute", key: "Name", value: "Value"))
    /// What SendMessage and an entry of SendMessageBatch have in common.
    static let sent: [Shape.Member] = [
        .init("MessageBody", .string), .init("DelaySeconds", .integer), attributes,
        .init(
            "MessageSystemAttributes",
            .map(attributeShape, entry: "MessageSystemAttribute", key: "Name", value: "Value")),
        .init("MessageGroupId", .string), .init("MessageDeduplicationId", .string),
    ]

    static func outgoing(_ entry: JSONValue, to queue: QueueConfiguration) throws(AWSError) -> OutgoingMessage {
        guard let body = entry["MessageBody"]?.string, !body.isEmpty else { throw .missingParameter("MessageBody") }
        var message = OutgoingMessage(body: Array(body.utf8))
        if let delay = entry["DelaySeconds"]?.int {
            guard (0...900).contains(delay) else {
                throw .invalidValue("\(delay)", of: "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.")
            }
            message.delay = .seconds(delay)
        }
        for (name, value) in entry["MessageAttributes"]?.object ?? [:] {
            message.attributes[name] = try attribute(value, name: name)
        }
        for (name, value) in entry["MessageSystemAttributes"]?.object ?? [:] {
            guard name == "AWSTraceHeader" else {
                throw .invalidParameter("Message system attribute name '\(name)' is invalid.")
            }
            guard value["DataType"]?.string == "String", let text = value["StringValue"]?.string, !text.isEmpty else {
                throw .invalidParameter(
                    "The message system attribute '\(name)' must contain a non-empty value of type 'String'.")
            }
            message.traceHeader = text
        }
        try order(entry, &message, queue)
        let limit = queue.maximumMessageBytes
        if message.bytes > limit { throw .tooLong(limit: limit) }
        if let bad = body.unicodeScalars.first(where: { !MessageText.isAllowed($0) }) {
            throw AWSError(
                "InvalidMessageContents",
                "Invalid binary character '#x\(String(bad.value, radix: 16, uppercase: true))' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | [#x20 to #xD7FF] | [#xE000 to #xFFFD] | [#x10000 to #x10FFFF]"
            )
        }
        do { try message.check() } catch { throw AWSError(error) }
        return message
    }

    /// What a FIFO queue needs to know, and a standard queue must not be told.
    private static func order(
        _ entry: JSONValue, _ message: inout OutgoingMessage, _ queue: QueueConfiguration
    ) throws(AWSError) {
        for name in ["MessageGroupId", "MessageDeduplicationId"] {
            guard let text = entry[name]?.string else { continue }
            guard isGoodID(text) else {
                throw .invalidID(text, name)
            }
        }
        message.group = entry["MessageGroupId"]?.string
        message.deduplicationID = entry["MessageDeduplicationId"]?.string
        guard let fifo = queue.fifo else {
            guard message.deduplicationID == nil else {
                throw .invalidValue(
                    message.deduplicationID ?? "", of: "MessageDeduplicationId",
                    "The request include parameter that is not valid for this queue type")
            }
            return
        }
        if message.group == nil { throw .missingParameter("MessageGroupId") }
        if let delay = entry["DelaySeconds"]?.int {
            // The queue's own delay is all that a FIFO queue has; 0 is what many clients say by default.
            guard delay == 0 else {
                throw .invalidValue(
                    "\(delay)", of: "DelaySeconds",
                    "The request include parameter that is not valid for this queue type.")
            }
            message.delay = nil
        }
        if message.deduplicationID == nil, !fifo.deduplicatesByContent {
            throw .invalidParameter(
                "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
            )
        }
    }

    static func isGoodID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func attribute(_ value: JSONValue, name: String) throws(AWSError) -> MessageAttribute {
        if value["StringListValues"]?.array?.isEmpty == false || value["BinaryListValues"]?.array?.isEmpty == false {
            throw .unsupported("Message attribute list values in SendMessage operation are not supported.")
        }
        guard let type = value["DataType"]?.string, !type.isEmpty else {
            throw .invalidParameter("The message attribute '\(name)' must contain a non-empty message attribute type.")
        }
        let isBinary = MessageAttribute(dataType: type, value: []).isBinary
        switch type.prefix(while: { $0 != "." }) {
        case "String", "Number", "Binary": break
        default:
            throw .invalidParameter(
                "The message attribute '\(name)' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."
            )
        }
        let text = value[isBinary ? "BinaryValue" : "StringValue"]?.string
        guard let text, !text.isEmpty else {
            throw .invalidParameter(
                "The message attribute '\(name)' must contain a non-empty message attribute value for message attribute type '\(type)'."
            )
        }
        guard isBinary else { return MessageAttribute(dataType: type, value: Array(text.utf8)) }
        guard let bytes = Data(base64Encoded: text) else { throw .serialization("Invalid base64 in attribute \(name)") }
        return MessageAttribute(dataType: type, value: Array(bytes))
    }

    /// What a sender learns of its message.
    static func answer(_ sent: SentMessage, _ message: OutgoingMessage) -> [String: JSONValue] {
        var answer: [String: JSONValue] = [
            "MessageId": .string(sent.id.description), "MD5OfMessageBody": .string(MessageDigest.ofBody(message.body)),
        ]
        if !message.attributes.isEmpty {
            answer["MD5OfMessageAttributes"] = .string(MessageDigest.ofAttributes(message.attributes))
        }
        if let header = message.traceHeader {
            answer["MD5OfMessageSystemAttributes"] = .string(
                MessageDigest.ofAttributes(["AWSTraceHeader": .string(header)]))
        }
        answer["SequenceNumber"] = sent.sequenceNumber.map(JSONValue.string)
        return answer
    }

    static let answerMembers: [Shape.Member] = [
        .init("MessageId", .string), .init("MD5OfMessageBody", .string), .init("MD5OfMessageAttributes", .string),
        .init("MD5OfMessageSystemAttributes", .string), .init("SequenceNumber", .string),
    ]

    static func json(_ attribute: MessageAttribute) -> JSONValue {
        attribute.isBinary
            ? [
                "DataType": .string(attribute.dataType),
                "BinaryValue": .string(Data(attribute.value).base64EncodedString()),
            ]
            : [
                "DataType": .string(attribute.dataType),
                "StringValue": .string(String(decoding: attribute.value, as: UTF8.self)),
            ]
    }
}

extension OutgoingMessage {
    /// With the trace of the request that sends it, unless it has its own.
    func traced(by header: String?) -> OutgoingMessage {
        var message = self
        message.traceHeader = traceHeader ?? header
        return message
    }
}
