import Foundation
import JSON
import Queueing
import SpeakModel

extension Operation {
    static let receiveMessage = Operation(
        "ReceiveMessage",
        input: [
            .init("QueueUrl", .string), .init("AttributeNames", .list(.string, name: "AttributeName")),
            .init("MessageSystemAttributeNames", .list(.string, name: "MessageSystemAttributeName")),
            .init("MessageAttributeNames", .list(.string, name: "MessageAttributeName")),
            .init("MaxNumberOfMessages", .integer), .init("VisibilityTimeout", .integer),
            .init("WaitTimeSeconds", .integer), .init("ReceiveRequestAttemptId", .string),
        ],
        output: [
            .init(
                "Messages",
                .list(
                    .structure([
                        .init("MessageId", .string), .init("ReceiptHandle", .string), .init("MD5OfBody", .string),
                        .init("Body", .string),
                        .init("Attributes", .map(.string, entry: "Attribute", key: "Name", value: "Value")),
                        .init("MD5OfMessageAttributes", .string), MessageEntry.attributes,
                    ]), name: "Message"))
        ]
    ) { call in
        let selection = try MessageSelection(call)
        let queue = try await call.queue()
        let wait: Duration
        if let seconds = call.input["WaitTimeSeconds"]?.int {
            guard (0...20).contains(seconds) else {
                throw AWSError.invalidValue("\(seconds)", of: "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.")
            }
            wait = .seconds(seconds)
        } else {
            wait = try await queue.configuration().receiveWait
        }
        let maximum = call.input["MaxNumberOfMessages"]?.int ?? 1
        guard QueueLimits.batch.contains(maximum) else {
            throw AWSError.invalidValue(
                "\(maximum)", of: "MaxNumberOfMessages", "Must be between 1 and 10, if provided.")
        }
        let visibility = try call.input["VisibilityTimeout"]?.int.map { try Duration(visibilityTimeout: $0) }
        let attempt = try call.attemptID()
        let deliveries = try await call.receive(
            from: queue, maximum: maximum, visibility: visibility, wait: wait, attempt: attempt)
        return deliveries.isEmpty ? [:] : ["Messages": .array(deliveries.map { selection.json($0, call: call) })]
    }
}

extension Call {
    fileprivate func attemptID() throws(AWSError) -> String? {
        guard let id = input["ReceiveRequestAttemptId"]?.string else { return nil }
        guard MessageEntry.isGoodID(id) else { throw .invalidID(id, "ReceiveRequestAttemptId") }
        return id
    }

    /// A wait that ends with the server or the connection brings nothing.
    fileprivate func receive(
        from queue: any MessageQueue, maximum: Int, visibility: Duration?, wait: Duration, attempt: String?
    ) async throws -> [Delivery] {
        do {
            @Sendable func receive() async throws -> [Delivery] {
                try await queue.receive(
                    maximum: maximum, visibilityTimeout: visibility, wait: wait, attempt: attempt)
            }
            if wait == .zero { return try await receive() }
            return try await whileConnected(receive)
        } catch is CancellationError {
            return []
        }
    }
}

extension Duration {
    /// - Throws: The error that SQS has for a number that is out of its range.
    init(visibilityTimeout seconds: Int) throws(AWSError) {
        guard (0...43_200).contains(seconds) else {
            throw .invalidValue("\(seconds)", of: "VisibilityTimeout", "Must be between 0 and 43200, if provided.")
        }
        self = .seconds(seconds)
    }
}

/// Which attributes a receiver asked for.
private struct MessageSelection {
    private let system: Set<String>
    private let names: Set<String>
    private let prefixes: [String]
    private let isEverything: Bool

    private static let systemNames: Set = [
        "All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp",
        "SequenceNumber", "MessageDeduplicationId", "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn",
    ]

    init(_ call: Call) throws(AWSError) {
        let asked = call.strings("AttributeNames") + call.strings("MessageSystemAttributeNames")
        if let unknown = asked.first(where: { !Self.systemNames.contains($0) }) { throw .unknownAttribute(unknown) }
        system = Set(asked)
        let names = call.strings("MessageAttributeNames")
        self.names = Set(names)
        isEverything = names.contains("All") || names.contains(".*")
        prefixes = names.filter { $0.hasSuffix(".*") }.map { String($0.dropLast()) }
    }

    func json(_ delivery: Delivery, call: Call) -> JSONValue {
        var message: [String: JSONValue] = [
            "MessageId": .string(delivery.id.description), "ReceiptHandle": .string(delivery.receipt.handle),
            "MD5OfBody": .string(MessageDigest.ofBody(delivery.body)),
            "Body": .string(String(decoding: delivery.body, as: UTF8.self)),
        ]
        let system = systemAttributes(of: delivery, call: call)
        if !system.isEmpty { message["Attributes"] = .object(system.mapValues(JSONValue.string)) }
        let attributes = delivery.attributes.filter { name, _ in
            isEverything || names.contains(name) || prefixes.contains { name.hasPrefix($0) }
        }
        if !attributes.isEmpty {
            message["MD5OfMessageAttributes"] = .string(MessageDigest.ofAttributes(attributes))
            message["MessageAttributes"] = .object(attributes.mapValues(MessageEntry.json))
        }
        return .object(message)
    }

    private func systemAttributes(of delivery: Delivery, call: Call) -> [String: String] {
        guard !system.isEmpty else { return [:] }
        var values = [
            "SenderId": Call.account, "SentTimestamp": String(delivery.sentAt.milliseconds),
            "ApproximateReceiveCount": String(delivery.receiveCount),
            "ApproximateFirstReceiveTimestamp": String(delivery.firstReceivedAt.milliseconds),
        ]
        values.merge(delivery.systemAttributes) { $1 }
        values["DeadLetterQueueSourceArn"] = delivery.sourceQueueName.map(call.arn(ofQueue:))
        return system.contains("All") ? values : values.filter { system.contains($0.key) }
    }
}
