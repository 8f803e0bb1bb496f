import JSON
import Queueing

extension Operation {
    static let tagQueue = Operation(
        "TagQueue",
        input: [.init("QueueUrl", .string), .init("Tags", .map(.string, entry: "Tag", key: "Key", value: "Value"))]
    ) { call in
        let tags = call.map("Tags")
        guard !tags.isEmpty else { throw AWSError.missingParameter("Tags") }
        try await call.queues.tag(queueNamed: call.queueName(), tags.mapValues(Optional.some))
        return [:]
    }
}
