import JSON
import Queueing

extension Operation {
    static let getQueueURL = Operation(
        "GetQueueUrl",
        input: [.init("QueueName", .string), .init("QueueOwnerAWSAccountId", .string)],
        output: [.init("QueueUrl", .string)]
    ) { call in
        let name = try call.string("QueueName")
        if let owner = call.input["QueueOwnerAWSAccountId"]?.string, owner != Call.account {
            throw AWSError.queueDoesNotExist
        }
        _ = try await call.queues.queue(named: name)
        return ["QueueUrl": .string(call.url(ofQueue: name))]
    }
}
