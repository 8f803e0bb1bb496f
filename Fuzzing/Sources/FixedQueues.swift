import Queueing
import SpeakModel

/// Two queues that take everything and have one message each: nothing but the wire is under test.
struct FixedQueues: QueueService {
    static let names = ["jobs", "jobs.fifo"]

    private static func configuration(_ name: String) -> QueueConfiguration {
        QueueConfiguration(fifo: name.hasSuffix(QueueConfiguration.fifoSuffix) ? FIFOSettings() : nil)
    }

    func createQueue(named name: String, _ configuration: QueueConfiguration) async throws -> any MessageQueue {
        try configuration.check(forQueueNamed: name)
        return FixedQueue(name: name, configuration: configuration)
    }

    func queue(named name: String) async throws -> any MessageQueue {
        FixedQueue(name: name, configuration: try await description(ofQueueNamed: name).configuration)
    }

    func description(ofQueueNamed name: String) async throws -> QueueDescription {
        guard Self.names.contains(name) else { throw QueueError.noSuchQueue(name) }
        let moment = Timestamp(milliseconds: 1_760_000_000_000)
        return QueueDescription(
            name: name, configuration: Self.configuration(name), createdAt: moment, modifiedAt: moment, tags: [:])
    }

    func tags(ofQueueNamed name: String) async throws -> [String: String] { [:] }
    func tag(queueNamed name: String, _ changes: [String: String?]) async throws {}

    func configure(
        queueNamed name: String, _ change: @escaping @Sendable (inout QueueConfiguration) throws -> Void
    ) async throws {
        var configuration = try await description(ofQueueNamed: name).configuration
        try change(&configuration)
        try configuration.check(forQueueNamed: name)
    }

    func queueNames(prefix: String) async throws -> [String] { Self.names.filter { $0.hasPrefix(prefix) } }
    func deleteQueue(named name: String) async throws {}
    func redrive(deadLetterQueueNamed name: String, _ request: RedriveRequest) async throws -> Int { 0 }

    func startMove(from source: String, to destination: String?, rate: Int?) async throws -> MessageMove {
        throw QueueError.moveIsRunning(source)
    }
    func moves(from source: String) async throws -> [MessageMove] { [] }
    func cancelMove(_ id: String) async throws -> MessageMove { throw QueueError.noSuchMove }
}

private struct FixedQueue: MessageQueue {
    let name: String
    let configuration: QueueConfiguration

    func send(_ messages: [OutgoingMessage]) async throws -> [SentMessage] {
        try OutgoingMessage.check(batch: messages)
        return messages.map { _ in SentMessage(id: MessageID("00000000-0000-4000-8000-000000000000")) }
    }

    func receive(
        maximum: Int, visibilityTimeout: Duration?, wait: Duration, attempt: String?
    ) async throws -> [Delivery] {
        let moment = Timestamp(milliseconds: 1_760_000_000_000)
        let delivery = Delivery(
            id: MessageID("00000000-0000-4000-8000-000000000000"), receipt: Receipt(handle: "receipt"),
            body: Array("<body> & \"more\"".utf8),
            attributes: ["bytes": MessageAttribute(dataType: "Binary", value: [0, 255])], sentAt: moment,
            firstReceivedAt: moment, receiveCount: 1, lastFailure: nil)
        return [delivery]
    }

    func changeVisibility(of receipt: Receipt, to timeout: Duration, reason: String?) async throws {}
    func isReceipt(_ receipt: Receipt) -> Bool { receipt.handle == "receipt" }
    func delete(_ receipts: [Receipt]) async throws -> [Deletion] { receipts.map { _ in .deleted } }
    func deadLetter(_ delivery: Delivery, _ report: FailureReport) async throws {}
    func peek(maximum: Int) async throws -> [MessageSummary] { [] }
    func purge() async throws {}
    func configuration() async throws -> QueueConfiguration { configuration }
    func statistics() async throws -> QueueStatistics {
        QueueStatistics(visible: 1, inFlight: 0, delayed: 0, ageOfOldest: nil)
    }
}
