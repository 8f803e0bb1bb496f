import JSON
import Queueing

extension Operation {
    static let deleteQueue = Operation("DeleteQueue", input: [.init("QueueUrl", .string)]) { call in
        let name = try call.queueName()
        try await call.queues.deleteQueue(named: name)
        call.cooldowns.deleted(name)
        return [:]
    }
}
