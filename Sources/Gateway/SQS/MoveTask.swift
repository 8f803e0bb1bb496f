import Foundation
import JSON
import Queueing
import SpeakModel

/// Moves of messages as SQS shows them.
enum MoveTask {
    /// What names a task to its starter: base 64 of a JSON object.
    static func handle(_ move: MessageMove, call: Call) -> String {
        let text = JSONValue.object([
            "taskId": .string(move.id), "sourceArn": .string(call.arn(ofQueue: move.sourceQueueName)),
        ]).text
        return Data(text.utf8).base64EncodedString()
    }

    /// The parts of a handle; `nil` for what is none.
    static func parts(ofHandle handle: String) -> (id: String, sourceARN: String)? {
        guard let data = Data(base64Encoded: handle), let value = try? JSONValue(parsing: Array(data)),
            let id = value["taskId"]?.string, let arn = value["sourceArn"]?.string
        else { return nil }
        return (id, arn)
    }

    static let members: [Shape.Member] = [
        .init("TaskHandle", .string), .init("Status", .string), .init("SourceArn", .string),
        .init("DestinationArn", .string), .init("MaxNumberOfMessagesPerSecond", .integer),
        .init("ApproximateNumberOfMessagesMoved", .integer), .init("ApproximateNumberOfMessagesToMove", .integer),
        .init("FailureReason", .string), .init("StartedTimestamp", .integer),
    ]

    static func json(_ move: MessageMove, call: Call) -> JSONValue {
        var values: [String: JSONValue] = [
            "Status": .string(move.status.rawValue), "SourceArn": .string(call.arn(ofQueue: move.sourceQueueName)),
            "ApproximateNumberOfMessagesMoved": .number(move.movedCount),
            "ApproximateNumberOfMessagesToMove": .number(move.messageCount),
            "StartedTimestamp": .number(Int(move.startedAt.milliseconds)),
        ]
        if move.status == .running { values["TaskHandle"] = .string(handle(move, call: call)) }
        values["DestinationArn"] = move.destinationQueueName.map { .string(call.arn(ofQueue: $0)) }
        values["MaxNumberOfMessagesPerSecond"] = move.rate.map(JSONValue.number)
        values["FailureReason"] = move.failure.map { .string($0.rawValue) }
        return .object(values)
    }
}

extension Call {
    /// The queue that a parameter's ARN names.
    ///
    /// - Throws: An error for what is no ARN, and for a queue that is not there.
    func queue(byARNIn parameter: String) async throws -> QueueDescription {
        let arn = try string(parameter)
        guard let name = Self.queueName(inARN: arn) else {
            throw AWSError.invalidParameter(
                "You must use this format to specify the \(parameter): arn:<partition>:<service>:<region>:<account-id>:<resource-id>"
            )
        }
        do { return try await queues.description(ofQueueNamed: name) } catch QueueError.noSuchQueue {
            throw AWSError.noSuchResource(parameter)
        }
    }

    /// The queues whose redrive policy names this one.
    func deadLetterSources(of target: String) async throws -> [String] {
        var sources: [String] = []
        for name in try await queues.queueNames(prefix: "") {
            let policy = try await queues.description(ofQueueNamed: name).configuration.redrivePolicy
            if policy?.deadLetterQueueName == target { sources.append(name) }
        }
        return sources
    }
}
