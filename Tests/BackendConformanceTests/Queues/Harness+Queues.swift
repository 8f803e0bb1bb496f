import Queueing
import Testing

extension Harness {
    /// A new queue named `jobs`.
    func queue(_ configuration: QueueConfiguration = QueueConfiguration()) async throws -> any MessageQueue {
        try await queues.createQueue(named: "jobs", configuration)
    }

    /// A new queue named `jobs`, whose messages go to `jobs-dlq` after some deliveries.
    func queueWithDeadLetters(after maximumReceiveCount: Int) async throws -> (any MessageQueue, any MessageQueue) {
        let deadLetters = try await queues.createQueue(named: "jobs-dlq", QueueConfiguration())
        let policy = RedrivePolicy(deadLetterQueueName: "jobs-dlq", maximumReceiveCount: maximumReceiveCount)
        return (try await queue(QueueConfiguration(redrivePolicy: policy)), deadLetters)
    }
}

extension MessageQueue {
    @discardableResult
    func send(_ text: String, delay: Duration? = nil) async throws -> MessageID {
        try await send(OutgoingMessage(body: Array(text.utf8), delay: delay))
    }

    /// The one message that is visible now.
    func receiveOne(visibilityTimeout: Duration? = nil) async throws -> Delivery {
        let deliveries = try await receive(visibilityTimeout: visibilityTimeout)
        return try #require(deliveries.first)
    }

    func isEmpty() async throws -> Bool { try await receive(maximum: 10).isEmpty }
}

extension Delivery {
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension MessageSummary {
    var text: String { String(decoding: body, as: UTF8.self) }
}
