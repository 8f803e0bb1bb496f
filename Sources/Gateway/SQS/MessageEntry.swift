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
    ]

    /// - Parameter limit: The queue's longest message.
    static func outgoing(_ entry: JSONValue, limit: Int) throws(AWSError) -> OutgoingMessage {
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

    private static func attribute(_ value: JSONValue, name: String) throws(AWSError) -> MessageAttribute {
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
    static func answer(_ id: MessageID, _ message: OutgoingMessage) -> [String: JSONValue] {
        var answer: [String: JSONValue] = [
            "MessageId": .string(id.description), "MD5OfMessageBody": .string(MessageDigest.ofBody(message.body)),
        ]
        if !message.attributes.isEmpty {
            answer["MD5OfMessageAttributes"] = .string(MessageDigest.ofAttributes(message.attributes))
        }
        return answer
    }

    static let answerMembers: [Shape.Member] = [
        .init("MessageId", .string), .init("MD5OfMessageBody", .string), .init("MD5OfMessageAttributes", .string),
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
