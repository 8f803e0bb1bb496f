import Queueing
import Synchronization
import TestSupport

/// A queue whose calls fail now and then, before they land or after, or are answered late.
final class FaultyQueue: MessageQueue {
    private let queue: any MessageQueue
    private let random: Mutex<SeededGenerator>
    /// Of a hundred calls, this many lose their request, and as many their reply.
    private let percent: Int
    /// What happens before a call lands.
    private let before: @Sendable (_ dice: Int) async throws -> Void

    init(
        _ queue: any MessageQueue, seed: UInt64, percent: Int,
        before: @escaping @Sendable (_ dice: Int) async throws -> Void = { _ in }
    ) {
        self.queue = queue
        self.percent = percent
        self.before = before
        random = Mutex(SeededGenerator(seed: seed))
    }

    private func perform<Value>(_ call: () async throws -> Value) async throws -> Value {
        let dice = random.withLock { Int.random(in: 0..<100, using: &$0) }
        try await before(dice)
        if dice < percent { throw QueueError.unavailable(reason: "request lost") }
        let value = try await call()
        if dice < 2 * percent { throw QueueError.unavailable(reason: "reply lost") }
        return value
    }

    var name: String { queue.name }

    func send(_ messages: [OutgoingMessage]) async throws -> [SentMessage] {
        try await perform { try await queue.send(messages) }
    }
    func receive(
        maximum: Int, visibilityTimeout: Duration?, wait: Duration, attempt: String?
    ) async throws -> [Delivery] {
        try await perform {
            try await queue.receive(
                maximum: maximum, visibilityTimeout: visibilityTimeout, wait: wait, attempt: attempt)
        }
    }
    func changeVisibility(of receipt: Receipt, to timeout: Duration, reason: String?) async throws {
        try await perform { try await queue.changeVisibility(of: receipt, to: timeout, reason: reason) }
    }
    func delete(_ receipts: [Receipt]) async throws -> [Deletion] {
        try await perform { try await queue.delete(receipts) }
    }
    func isReceipt(_ receipt: Receipt) -> Bool { queue.isReceipt(receipt) }
    func deadLetter(_ delivery: Delivery, _ report: FailureReport) async throws {
        try await perform { try await queue.deadLetter(delivery, report) }
    }
    func peek(maximum: Int) async throws -> [MessageSummary] { try await queue.peek(maximum: maximum) }
    func purge() async throws { try await queue.purge() }
    func configuration() async throws -> QueueConfiguration { try await queue.configuration() }
    func statistics() async throws -> QueueStatistics { try await queue.statistics() }
}
