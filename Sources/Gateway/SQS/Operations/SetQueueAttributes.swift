import JSON
import Queueing

extension Operation {
    static let setQueueAttributes = Operation(
        "SetQueueAttributes",
        input: [
            .init("QueueUrl", .string),
            .init("Attributes", .map(.string, entry: "Attribute", key: "Name", value: "Value")),
        ]
    ) { call in
        let name = try call.queueName()
        let attributes = call.map("Attributes")
        guard call.input["Attributes"]?.object != nil else { throw AWSError.missingParameter("Attribute.Name") }
        if let policy = attributes["RedrivePolicy"] {
            var configuration = try await call.queues.description(ofQueueNamed: name).configuration
            try QueueAttributes.apply(attributes, to: &configuration)
            try await call.checkDeadLetterQueue(of: configuration, queueName: name, text: policy)
        }
        try await call.queues.configure(queueNamed: name) { try QueueAttributes.apply(attributes, to: &$0) }
        return [:]
    }
}
