import JSON
import Queueing

extension Operation {
    static let listQueueTags = Operation(
        "ListQueueTags",
        input: [.init("QueueUrl", .string)],
        output: [.init("Tags", .map(.string, entry: "Tag", key: "Key", value: "Value"))]
    ) { call in
        let tags = try await call.queueDescription().tags
        return tags.isEmpty ? [:] : ["Tags": .object(tags.mapValues(JSONValue.string))]
    }
}
