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
        var answer: [String: JSONValue] = [:]
        if names.contains("All") {
            answer[ageOfOldestMessage] = statistics.ageOfOldest.map { .number($0 / .seconds(1)) }
        } else {
            values = values.filter { names.contains($0.key) }
        }
        answer["Attributes"] = values.isEmpty ? nil : .object(values.mapValues(JSONValue.string))
        return .object(answer)
    }

    /// Seconds, beside the attributes of the JSON protocol, where SDKs leave out what they do not know.
    ///
    /// At AWS, a metric of CloudWatch has it by this name.
    private static let ageOfOldestMessage = "ApproximateAgeOfOldestMessage"
}
