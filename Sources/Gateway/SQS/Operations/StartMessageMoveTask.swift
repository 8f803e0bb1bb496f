import JSON
import Queueing

extension Operation {
    static let startMessageMoveTask = Operation(
        "StartMessageMoveTask",
        input: [
            .init("SourceArn", .string), .init("DestinationArn", .string),
            .init("MaxNumberOfMessagesPerSecond", .integer),
        ],
        output: [.init("TaskHandle", .string)]
    ) { call in
        let source = try await call.queue(byARNIn: "SourceArn")
        guard try await !call.deadLetterSources(of: source.name).isEmpty else {
            throw AWSError.invalidParameter("Source queue must be configured as a Dead Letter Queue.")
        }
        var destination: QueueDescription?
        if call.input["DestinationArn"]?.string != nil {
            destination = try await call.queue(byARNIn: "DestinationArn")
        }
        if destination?.name == source.name {
            throw AWSError.invalidParameter("Source queue arn and destination queue arn cannot be the same.")
        }
        if let destination, (destination.configuration.fifo == nil) != (source.configuration.fifo == nil) {
            throw AWSError.invalidParameter("The source queue and destination queue must be of the same queue type.")
        }
        let rate = call.input["MaxNumberOfMessagesPerSecond"]?.int
        if let rate, !QueueLimits.moveRate.contains(rate) {
            throw AWSError.invalidValue(
                "\(rate)", of: "MaxNumberOfMessagesPerSecond", "Must be between 1 and 500, if provided.")
        }
        let move = try await call.queues.startMove(from: source.name, to: destination?.name, rate: rate)
        return ["TaskHandle": .string(MoveTask.handle(move, call: call))]
    }
}
