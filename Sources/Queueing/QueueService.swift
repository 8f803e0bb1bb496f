/// The queues of one account.
package protocol QueueService: Sendable {
    /// Creates a queue, or opens the one of that name if its configuration is the same.
    ///
    /// - Throws: ``QueueError/queueExists(_:)`` when the existing one is configured otherwise.
    @discardableResult
    func createQueue(named name: String, _ configuration: QueueConfiguration) async throws -> any MessageQueue

    /// - Throws: ``QueueError/noSuchQueue(_:)``.
    func queue(named name: String) async throws -> any MessageQueue

    /// - Throws: ``QueueError/noSuchQueue(_:)``.
    func description(ofQueueNamed name: String) async throws -> QueueDescription

    /// Sets tags, and removes those whose value is `nil`.
    func tag(queueNamed name: String, _ changes: [String: String?]) async throws

    /// Replaces a queue's configuration.
    func configure(queueNamed name: String, _ configuration: QueueConfiguration) async throws

    /// The names that start with `prefix`, in order.
    func queueNames(prefix: String) async throws -> [String]

    /// Deletes a queue with all its messages.
    func deleteQueue(named name: String) async throws

    /// Moves messages of a dead-letter queue back to the queues they came from, oldest first, each with a fresh count
    /// of deliveries and a fresh retention period.
    ///
    /// - Returns: How many were moved.
    func redrive(deadLetterQueueNamed name: String, maximum: Int) async throws -> Int
}
