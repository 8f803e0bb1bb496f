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
        do {
            let existing = try await call.queues.description(ofQueueNamed: name)
            if let attribute = try QueueAttributes.difference(attributes, from: existing.configuration) {
                throw AWSError.queueExists(differingIn: attribute)
            }
        } catch QueueError.noSuchQueue {
            try await call.createQueue(name, configuration, attributes)
            let tags = call.map("tags")
            if !tags.isEmpty { try await call.queues.tag(queueNamed: name, tags.mapValues(Optional.some)) }
        }
        return ["QueueUrl": .string(call.url(ofQueue: name))]
    }
}

extension Call {
    fileprivate func createQueue(
        _ name: String, _ configuration: QueueConfiguration, _ attributes: [String: String]
    ) async throws {
        do {
            try await queues.createQueue(named: name, configuration)
        } catch QueueError.noSuchQueue {
            throw AWSError.missingDeadLetterQueue(attributes)
        }
    }
}

extension AWSError {
    static func missingDeadLetterQueue(_ attributes: [String: String]) -> AWSError {
        .invalidValue(
            attributes["RedrivePolicy"] ?? "", of: "RedrivePolicy", "Dead letter target does not exist.")
    }
}
