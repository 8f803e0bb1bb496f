import Queueing

/// A queue that tells when messages are asked for, a lease changes or messages are deleted, before that happens.
struct ObservedQueue: MessageQueue {
    let queue: any MessageQueue
    var receives: @Sendable (_ wait: Duration) -> Void = { _ in }
    var deletions: @Sendable (_ count: Int) -> Void = { _ in }
    let leaseChanges: @Sendable (Duration) async throws -> Void

    var name: String { queue.name }

    func send(_ messages: [OutgoingMessage]) async throws -> [SentMessage] { try await queue.send(messages) }
    func receive(
        maximum: Int, visibilityTimeout: Duration?, wait: Duration, attempt: String?
    ) async throws -> [Delivery] {
        receives(wait)
        return try await queue.receive(
            maximum: maximum, visibilityTimeout: visibilityTimeout, wait: wait, attempt: attempt)
    }
    func changeVisibility(of receipt: Receipt, to timeout: Duration, reason: String?) async throws {
        try await leaseChanges(timeout)
        try await queue.changeVisibility(of: receipt, to: timeout, reason: reason)
    }
    func delete(_ receipts: [Receipt]) async throws -> [Deletion] {
        deletions(receipts.count)
        return try await queue.delete(receipts)
    }
    func isReceipt(_ receipt: Receipt) -> Bool { queue.isReceipt(receipt) }

    func deadLetter(_ delivery: Delivery, _ report: FailureReport) async throws {
        try await queue.deadLetter(delivery, report)
    }
    func peek(maximum: Int) async throws -> [MessageSummary] { try await queue.peek(maximum: maximum) }
    func purge() async throws { try await queue.purge() }
    func configuration() async throws -> QueueConfiguration { try await queue.configuration() }
    func statistics() async throws -> QueueStatistics { try await queue.statistics() }
}
