import JSON
import Queueing

extension Operation {
    /// The queues whose redrive policy names this one.
    static let listDeadLetterSourceQueues = Operation(
        "ListDeadLetterSourceQueues",
        input: [.init("QueueUrl", .string), .init("NextToken", .string), .init("MaxResults", .integer)],
        output: [.init("queueUrls", .list(.string, name: "QueueUrl")), .init("NextToken", .string)]
    ) { call in
        let target = try await call.queueDescription().name
        var sources: [String] = []
        for name in try await call.queues.queueNames(prefix: "") {
            let policy = try await call.queues.description(ofQueueNamed: name).configuration.redrivePolicy
            if policy?.deadLetterQueueName == target { sources.append(name) }
        }
        guard case .object(var answer) = try call.page(of: sources, as: "queueUrls") else { return [:] }
        if answer["queueUrls"] == nil { answer["queueUrls"] = [] }
        return .object(answer)
    }
}
