import JSON
package import Queueing
import SpeakModel

/// Message move tasks.
///
/// SQS names a task only while it runs, so here a move is named by its source and its start.
extension AWSQueueService {
    package func startMove(from source: String, to destination: String?, rate: Int?) async throws -> MessageMove {
        if let rate { try QueueLimits.moveRate.check(rate, "MaxNumberOfMessagesPerSecond") }
        var input: [String: JSONValue] = ["SourceArn": .string(try await arn(ofQueueNamed: source))]
        if let destination { input["DestinationArn"] = .string(try await arn(ofQueueNamed: destination)) }
        input["MaxNumberOfMessagesPerSecond"] = rate.map { .number($0) }
        do {
            _ = try await sqs.call("StartMessageMoveTask", input, queue: source, isRepeatable: false)
        } catch ServiceError.refused(_, _, let message, _) where message.contains("already a task running") {
            throw QueueError.moveIsRunning(source)
        }
        guard let started = try await tasks(from: source).first?.move else { throw QueueError.noSuchMove }
        return MessageMove(
            id: started.id, sourceQueueName: source, destinationQueueName: destination, rate: rate,
            startedAt: started.startedAt, messageCount: started.messageCount)
    }

    package func moves(from source: String) async throws -> [MessageMove] { try await tasks(from: source).map(\.move) }

    package func cancelMove(_ id: String) async throws -> MessageMove {
        guard let source = id.lastIndex(of: "@").map({ String(id[..<$0]) }),
            let task = try await tasks(from: source).first(where: { $0.move.id == id })
        else { throw QueueError.noSuchMove }
        guard task.move.status == .running, let handle = task.handle else { throw QueueError.moveIsOver }
        let answer = try await sqs.call("CancelMessageMoveTask", ["TaskHandle": .string(handle)], queue: source)
        var move = task.move
        move.status = .cancelled
        move.movedCount = answer["ApproximateNumberOfMessagesMoved"]?.int ?? move.movedCount
        return move
    }

    private func tasks(from source: String) async throws -> [(move: MessageMove, handle: String?)] {
        let answer = try await sqs.call(
            "ListMessageMoveTasks", ["SourceArn": .string(try await arn(ofQueueNamed: source)), "MaxResults": 10],
            queue: source)
        return (answer["Results"]?.array ?? []).map { (move($0, source), $0["TaskHandle"]?.string) }
    }

    private func move(_ task: JSONValue, _ source: String) -> MessageMove {
        let started = Int64(task["StartedTimestamp"]?.int ?? 0)
        return MessageMove(
            id: "\(source)@\(started)", sourceQueueName: source,
            destinationQueueName: task["DestinationArn"]?.string.flatMap(QueueName.inARN),
            rate: task["MaxNumberOfMessagesPerSecond"]?.int, startedAt: Timestamp(milliseconds: started),
            messageCount: task["ApproximateNumberOfMessagesToMove"]?.int ?? 0,
            status: task["Status"]?.string.flatMap(MessageMove.Status.init) ?? .running,
            movedCount: task["ApproximateNumberOfMessagesMoved"]?.int ?? 0,
            failure: task["FailureReason"]?.string.flatMap(MessageMove.Failure.init))
    }
}
