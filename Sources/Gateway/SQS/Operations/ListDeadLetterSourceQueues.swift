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
        let sources = try await call.deadLetterSources(of: target)
        guard case .object(var answer) = try call.page(of: sources, as: "queueUrls") else { return [:] }
        if answer["queueUrls"] == nil { answer["queueUrls"] = [] }
        return .object(answer)
    }
}
