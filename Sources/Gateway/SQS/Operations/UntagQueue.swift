import JSON
import Queueing

extension Operation {
    static let untagQueue = Operation(
        "UntagQueue",
        input: [.init("QueueUrl", .string), .init("TagKeys", .list(.string, name: "TagKey"))]
    ) { call in
        let keys = call.strings("TagKeys")
        guard !keys.isEmpty else { throw AWSError.missingParameter("TagKeys") }
        try await call.queues.tag(
            queueNamed: call.queueName(), Dictionary(keys.map { ($0, nil) }, uniquingKeysWith: { first, _ in first }))
        return [:]
    }
}
