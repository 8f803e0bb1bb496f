import JSON
import Queueing

extension Operation {
    /// Creates a queue, or finds the one of that name, unless an attribute that is named here differs.
    static let createQueue = Operation(
        "CreateQueue",
        input: [
            .init("QueueName", .string),
            .init("Attributes", .map(.string, entry: "Attribute", key: "Name", value: "Value")),
            .init("tags", .map(.string, entry: "Tag", key: "Key", value: "Value")),
        ],
        output: [.init("QueueUrl", .string)]
    ) { call in
        let name = try call.string("QueueName")
        guard !name.isEmpty else { throw AWSError.emptyQueueName }
        let attributes = call.map("Attributes")
        let isFIFO = attributes["FifoQueue"] == "true"
        do { try QueueConfiguration.check(name: name) } catch { throw AWSError.invalidQueueName }
        if name.hasSuffix(QueueConfiguration.fifoSuffix) != isFIFO {
            throw isFIFO ? AWSError.invalidFIFOQueueName : AWSError.invalidQueueName
        }
        var configuration = QueueConfiguration(fifo: isFIFO ? FIFOSettings() : nil)
        try QueueAttributes.apply(attributes, to: &configuration)
        if let policy = attributes["RedrivePolicy"] {
            try await call.checkDeadLetterQueue(of: configuration, queueName: name, text: policy)
        }
        do {
            let existing = try await call.queues.description(ofQueueNamed: name)
            if let attribute = try QueueAttributes.difference(attributes, from: existing.configuration) {
                throw AWSError.queueExists(differingIn: attribute)
            }
        } catch QueueError.noSuchQueue {
            try call.cooldowns.checkCreation(of: name)
            try await call.queues.createQueue(named: name, configuration)
            let tags = call.map("tags")
            if !tags.isEmpty { try await call.queues.tag(queueNamed: name, tags.mapValues(Optional.some)) }
        }
        return ["QueueUrl": .string(call.url(ofQueue: name))]
    }
}
