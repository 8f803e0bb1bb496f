/// A durable queue that delivers every message at least once.
///
/// Each requirement is one transition: after a crash it has happened entirely or not at all. What a call answers is
/// durable before it answers; only a lease may be lost in a crash, which does no more than deliver the message again.
package protocol MessageQueue: Sendable {
    var name: String { get }

    /// Appends messages; all of them are durable when this returns.
    ///
    /// - Parameter messages: 1 to 10, together at most ``QueueLimits/maximumBatchBytes``.
    /// - Returns: One answer a message, in the same order. A FIFO queue that has been sent the message within five
    ///   minutes answers as it did then and keeps nothing.
    func send(_ messages: [OutgoingMessage]) async throws -> [SentMessage]

    /// Leases up to `maximum` visible messages, oldest first, and waits for one up to `wait` when there is none.
    ///
    /// A message that has been received as often as the queue's redrive policy allows moves to the dead-letter queue
    /// instead of being delivered again. Of a FIFO queue's group the first messages come, in order, and no others until
    /// they are deleted or visible again.
    ///
    /// - Parameters:
    ///   - maximum: 1 to 10.
    ///   - visibilityTimeout: How long nobody else sees the messages; the queue's own when `nil`.
    ///   - wait: 0 to 20 seconds. Waiting costs no processor time, and ends at once when the task is cancelled.
    ///   - attempt: A name of the caller's for this receive of a FIFO queue. Within five minutes the same name brings the
    ///     same deliveries again, leased anew, if all of them are still as they were delivered.
    /// - Throws: ``QueueError/tooManyInFlight(limit:)`` if a standard queue has as many leases as it may; a FIFO queue
    ///   brings nothing then.
    func receive(
        maximum: Int, visibilityTimeout: Duration?, wait: Duration, attempt: String?
    ) async throws -> [Delivery]

    /// Lets the lease of a delivery end `timeout` from now: longer to keep it, zero to give it back.
    ///
    /// - Parameter reason: Why the work failed, where it did. It stays with the message as ``Delivery/lastFailure``
    ///   and goes with it to the dead-letter queue.
    /// - Throws: ``QueueError/leaseLost(_:)`` for a stale receipt, ``QueueError/outOfRange(parameter:value:allowed:)`` if
    ///   the lease would last longer than ``QueueLimits/visibilityTimeout`` since the delivery.
    func changeVisibility(of receipt: Receipt, to timeout: Duration, reason: String?) async throws

    /// Whether a receipt has the form of those that this queue's service gives out, stale ones included.
    func isReceipt(_ receipt: Receipt) -> Bool

    /// Removes the messages of these deliveries for good.
    ///
    /// - Parameter receipts: 1 to 10.
    /// - Returns: What came of each receipt.
    func delete(_ receipts: [Receipt]) async throws -> [Deletion]

    /// Moves a message to the dead-letter queue without waiting for its last allowed delivery.
    ///
    /// The report goes with it as attributes, beside the sender's own.
    ///
    /// It takes the whole delivery, since a store may know no way of its own to move one message: it is sent there, then.
    ///
    /// - Throws: ``QueueError/leaseLost(_:)`` for a stale receipt, ``QueueError/noDeadLetterQueue(_:)`` where none is
    ///   configured.
    func deadLetter(_ delivery: Delivery, _ report: FailureReport) async throws

    /// Shows messages, oldest first, without leasing them or counting a delivery.
    ///
    /// - Throws: ``QueueError/unsupported(_:)`` where the store cannot do so.
    func peek(maximum: Int) async throws -> [MessageSummary]

    /// Removes every message, leased and delayed ones included, and forgets what a FIFO queue was sent.
    func purge() async throws

    func configuration() async throws -> QueueConfiguration

    func statistics() async throws -> QueueStatistics
}

extension MessageQueue {
    @discardableResult
    package func send(_ message: OutgoingMessage) async throws -> MessageID { try await send([message])[0].id }

    package func receive(
        maximum: Int = 1, visibilityTimeout: Duration? = nil
    ) async throws -> [Delivery] {
        try await receive(maximum: maximum, visibilityTimeout: visibilityTimeout, wait: .zero)
    }

    package func receive(
        maximum: Int, visibilityTimeout: Duration?, wait: Duration
    ) async throws -> [Delivery] {
        try await receive(maximum: maximum, visibilityTimeout: visibilityTimeout, wait: wait, attempt: nil)
    }

    package func changeVisibility(of receipt: Receipt, to timeout: Duration) async throws {
        try await changeVisibility(of: receipt, to: timeout, reason: nil)
    }

    package func deadLetter(_ delivery: Delivery, reason: String) async throws {
        try await deadLetter(delivery, FailureReport(reason: reason))
    }

    /// - Returns: Whether the message is gone now by this.
    @discardableResult
    package func delete(_ receipt: Receipt) async throws -> Bool { try await delete([receipt])[0] == .deleted }
}
