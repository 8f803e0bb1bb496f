import JSON
import Queueing

extension Operation {
    static let deleteQueue = Operation("DeleteQueue", input: [.init("QueueUrl", .string)]) { call in
        try await call.queues.deleteQueue(named: call.queueName())
        return [:]
    }
}
