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
        var configuration = try await call.queues.description(ofQueueNamed: name).configuration
        try QueueAttributes.apply(attributes, to: &configuration)
        if let target = configuration.redrivePolicy?.deadLetterQueueName, attributes["RedrivePolicy"] != nil {
            do { _ = try await call.queues.queue(named: target) } catch QueueError.noSuchQueue {
                throw AWSError.missingDeadLetterQueue(attributes)
            }
        }
        try await call.queues.configure(queueNamed: name, configuration)
        return [:]
    }
}
