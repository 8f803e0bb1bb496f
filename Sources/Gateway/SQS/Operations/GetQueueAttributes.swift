import JSON
import Queueing

extension Operation {
    static let getQueueAttributes = Operation(
        "GetQueueAttributes",
        input: [.init("QueueUrl", .string), .init("AttributeNames", .list(.string, name: "AttributeName"))],
        output: [.init("Attributes", .map(.string, entry: "Attribute", key: "Name", value: "Value"))]
    ) { call in
        let names = call.strings("AttributeNames")
        let queue = try await call.queueDescription()
        if let unknown = names.first(where: { !QueueAttributes.readable.contains($0) }) {
            throw AWSError.unknownAttribute(unknown)
        }
        guard !names.isEmpty else { return [:] }
        let statistics = try await call.queue().statistics()
        var values = QueueAttributes.all(queue, statistics, call: call)
        if !names.contains("All") { values = values.filter { names.contains($0.key) } }
        return values.isEmpty ? [:] : ["Attributes": .object(values.mapValues(JSONValue.string))]
    }
}
