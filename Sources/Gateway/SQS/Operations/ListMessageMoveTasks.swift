import JSON
import Queueing

extension Operation {
    /// The latest tasks from a queue, the last one alone unless more are asked for.
    static let listMessageMoveTasks = Operation(
        "ListMessageMoveTasks",
        input: [.init("SourceArn", .string), .init("MaxResults", .integer)],
        output: [.init("Results", .list(.structure(MoveTask.members), name: "ListMessageMoveTasksResultEntry"))]
    ) { call in
        let source = try await call.queue(byARNIn: "SourceArn")
        let maximum = call.input["MaxResults"]?.int ?? 1
        guard (1...10).contains(maximum) else {
            throw AWSError.invalidValue("\(maximum)", of: "MaxResults", "Must be between 1 and 10, if provided.")
        }
        let moves = try await call.queues.moves(from: source.name)
        return ["Results": .array(moves.prefix(maximum).map { MoveTask.json($0, call: call) })]
    }
}
