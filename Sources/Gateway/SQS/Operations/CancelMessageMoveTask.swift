import JSON
import Queueing

extension Operation {
    static let cancelMessageMoveTask = Operation(
        "CancelMessageMoveTask",
        input: [.init("TaskHandle", .string)],
        output: [.init("ApproximateNumberOfMessagesMoved", .integer)]
    ) { call in
        let handle = try call.string("TaskHandle")
        guard let (id, arn) = MoveTask.parts(ofHandle: handle) else {
            throw AWSError.invalidParameter("Value \(handle) for parameter TaskHandle is invalid.")
        }
        guard let name = Call.queueName(inARN: arn), try await call.exists(name) else {
            throw AWSError.noSuchResource("SourceArn")
        }
        let move = try await call.queues.cancelMove(id)
        return ["ApproximateNumberOfMessagesMoved": .number(move.movedCount)]
    }
}

extension Call {
    fileprivate func exists(_ name: String) async throws -> Bool {
        do { _ = try await queues.description(ofQueueNamed: name) } catch QueueError.noSuchQueue { return false }
        return true
    }
}
