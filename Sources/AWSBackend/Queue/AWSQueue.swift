import JSON
package import Queueing
import SpeakModel
import Synchronization

/// One queue of SQS.
///
/// What SQS has no word for, docs/aws.md says: deletions of stale receipts look like others, reasons are kept of dead
/// letters alone, and peeking counts deliveries.
package struct AWSQueue: MessageQueue {
    package let name: String
    let url: String
    let service: AWSQueueService
    private let sends: Batcher<OutgoingMessage, Result<SentMessage, any Error>>
    private let deletes: Batcher<Receipt, Deletion>
    private let known: KnownQueue

    /// How many batches of a kind are on their way at once; of a FIFO queue one, for the order.
    private static let places = 8

    init(name: String, url: String, service: AWSQueueService) {
        self.name = name
        self.url = url
        self.service = service
        let places = name.hasSuffix(QueueConfiguration.fifoSuffix) ? 1 : Self.places
        let batches = QueueBatches(name: name, url: url, sqs: service.sqs)
        sends = Batcher(places: places, maximumWeight: QueueLimits.maximumBatchBytes, weight: \.bytes) {
            try await batches.send($0)
        }
        deletes = Batcher(places: places) { try await batches.delete($0) }
        known = KnownQueue()
    }

    var sqs: SQSClient { service.sqs }

    func call(
        _ operation: String, _ input: [String: JSONValue], isRepeatable: Bool = true,
        timeout: Duration = ServiceCall.usualTimeout
    ) async throws -> JSONValue {
        try await sqs.call(
            operation, input.merging(["QueueUrl": .string(url)]) { $1 }, queue: name, isRepeatable: isRepeatable,
            timeout: timeout)
    }
}

extension AWSQueue {
    package func send(_ messages: [OutgoingMessage]) async throws -> [SentMessage] {
        try OutgoingMessage.check(batch: messages)
        if isFIFO { for message in messages { try Self.checkOrdered(message) } }
        try await checkLengths(messages)
        return try await sends.submit(messages).map { try $0.get() }
    }

    private var isFIFO: Bool { name.hasSuffix(QueueConfiguration.fifoSuffix) }

    private static func checkOrdered(_ message: OutgoingMessage) throws(QueueError) {
        if message.group == nil {
            throw .outOfRange(parameter: "MessageGroupId", value: "missing", allowed: "the name of a group")
        }
        if let delay = message.delay {
            throw .outOfRange(parameter: "DelaySeconds", value: "\(delay)", allowed: "the queue's own delay")
        }
    }

    /// Refuses a batch whole for one message that is too long for this queue: SQS would take the others.
    private func checkLengths(_ messages: [OutgoingMessage]) async throws {
        guard let longest = messages.map(\.bytes).max(), longest > QueueLimits.messageBytes.lowerBound else { return }
        if let limit = known.configuration?.maximumMessageBytes, longest <= limit { return }
        let limit = try await configuration().maximumMessageBytes
        if longest > limit { throw QueueError.messageTooLong(bytes: longest, limit: limit) }
    }

    package func receive(
        maximum: Int, visibilityTimeout: Duration?, wait: Duration, attempt: String?
    ) async throws -> [Delivery] {
        try QueueLimits.batch.check(maximum, "MaxNumberOfMessages")
        if let visibilityTimeout { try QueueLimits.visibilityTimeout.check(visibilityTimeout, "VisibilityTimeout") }
        try QueueLimits.wait.check(wait, "WaitTimeSeconds")
        var input: [String: JSONValue] = [
            "MaxNumberOfMessages": .number(maximum), "WaitTimeSeconds": .number(wait.wholeSeconds),
            "MessageSystemAttributeNames": ["All"], "AttributeNames": ["All"], "MessageAttributeNames": ["All"],
        ]
        input["VisibilityTimeout"] = visibilityTimeout.map { .number($0.wholeSeconds) }
        input["ReceiveRequestAttemptId"] = attempt.map { .string($0) }
        // A receive whose answer is lost leases messages that nobody has: they come back when their leases end.
        let answer = try await call("ReceiveMessage", input, timeout: wait + Self.waitMargin)
        let deliveries = try (answer["Messages"]?.array ?? []).map(MessageJSON.delivery)
        for delivery in deliveries { known.remember(delivery) }
        return deliveries
    }

    /// How much longer than the wait itself a receive may take.
    private static let waitMargin = Duration.seconds(5)

    /// The reason is for stores that keep it: SQS has no place for one beside a message that stays.
    package func changeVisibility(of receipt: Receipt, to timeout: Duration, reason: String?) async throws {
        try QueueLimits.visibilityTimeout.check(timeout, "VisibilityTimeout")
        do {
            _ = try await call(
                "ChangeMessageVisibility",
                ["ReceiptHandle": .string(receipt.handle), "VisibilityTimeout": .number(timeout.wholeSeconds)],
                timeout: Self.callTimeout(forLease: timeout))
        } catch QueueError.leaseLost {
            throw QueueError.leaseLost(known.id(of: receipt))
        } catch let error as ServiceError {
            throw Self.isBeyondLimit(error)
                ? QueueError.outOfRange(
                    parameter: "VisibilityTimeout", value: "\(timeout)",
                    allowed: "at most 12 hours from the message's delivery") : error
        }
    }

    /// Short for a short lease, so that a call whose answer is lost is made again, and again, before the lease ends.
    private static func callTimeout(forLease lease: Duration) -> Duration {
        lease == .zero ? ServiceCall.usualTimeout : min(ServiceCall.usualTimeout, max(.seconds(2), lease / 6))
    }

    private static func isBeyondLimit(_ error: ServiceError) -> Bool {
        guard case .refused(_, let code, let message, _) = error else { return false }
        return code.hasSuffix("InvalidParameterValue") && message.contains("VisibilityTimeout")
            || code.hasSuffix("InvalidParameterValueException") && message.contains("VisibilityTimeout")
    }

    /// SQS's receipts have no form that it would vouch for.
    package func isReceipt(_ receipt: Receipt) -> Bool { !receipt.handle.isEmpty }

    package func delete(_ receipts: [Receipt]) async throws -> [Deletion] {
        try QueueLimits.batch.check(receipts.count, "the number of receipts")
        return try await deletes.submit(receipts)
    }

    package func purge() async throws { _ = try await call("PurgeQueue", [:]) }

    package func configuration() async throws -> QueueConfiguration {
        let configuration = try await attributes().configuration
        known.configuration = configuration
        return configuration
    }

    package func statistics() async throws -> QueueStatistics { try await attributes().statistics }

    func attributes() async throws -> QueueAttributes {
        QueueAttributes(try await call("GetQueueAttributes", ["AttributeNames": ["All"]]))
    }

    /// Where this queue's dead letters go.
    func deadLetterQueue() async throws -> AWSQueue {
        let policy: RedrivePolicy?
        if let known = known.configuration {
            policy = known.redrivePolicy
        } else {
            policy = try await configuration().redrivePolicy
        }
        guard let policy else { throw QueueError.noDeadLetterQueue(name) }
        return try await service.awsQueue(named: policy.deadLetterQueueName)
    }
}

/// What has been learnt of a queue: its configuration, and whose messages the latest receipts are.
private final class KnownQueue: Sendable {
    private struct State {
        var configuration: QueueConfiguration?
        var ids: [String: MessageID] = [:]
        /// In the order they came, to forget the oldest.
        var handles: [String] = []
        var oldest = 0
    }

    private static let remembered = 4096

    private let state = Mutex(State())

    var configuration: QueueConfiguration? {
        get { state.withLock { $0.configuration } }
        set { state.withLock { $0.configuration = newValue } }
    }

    func remember(_ delivery: Delivery) {
        state.withLock { state in
            guard state.ids.updateValue(delivery.id, forKey: delivery.receipt.handle) == nil else { return }
            if state.handles.count < Self.remembered {
                state.handles.append(delivery.receipt.handle)
            } else {
                state.ids[state.handles[state.oldest]] = nil
                state.handles[state.oldest] = delivery.receipt.handle
                state.oldest = (state.oldest + 1) % Self.remembered
            }
        }
    }

    func id(of receipt: Receipt) -> MessageID? { state.withLock { $0.ids[receipt.handle] } }
}
