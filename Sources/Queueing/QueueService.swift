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

    /// What a queue is tagged with, asked for alone since some ask often.
    func tags(ofQueueNamed name: String) async throws -> [String: String]

    /// Sets tags, and removes those whose value is `nil`.
    func tag(queueNamed name: String, _ changes: [String: String?]) async throws

    /// Changes a queue's configuration: `change` gets the one that is and leaves the one that is to be.
    ///
    /// What it throws leaves the queue as it is and is thrown on.
    func configure(
        queueNamed name: String, _ change: @escaping @Sendable (inout QueueConfiguration) throws -> Void
    ) async throws

    /// The names that start with `prefix`, in order.
    func queueNames(prefix: String) async throws -> [String]

    /// Deletes a queue with all its messages.
    func deleteQueue(named name: String) async throws

    /// Moves messages of a dead-letter queue back to the queues they came from, oldest first, each with a fresh count
    /// of deliveries and a fresh retention period.
    ///
    /// - Returns: How many were moved.
    func redrive(deadLetterQueueNamed name: String, _ request: RedriveRequest) async throws -> Int

    /// Begins to move a queue's messages elsewhere and returns at once; the move outlives its caller.
    ///
    /// It takes what was sent before its start and nobody holds, oldest first.
    ///
    /// - Parameters:
    ///   - source: A queue that is some other queue's dead-letter queue.
    ///   - destination: A queue of the same type, or the queue that each message came from.
    ///   - rate: At most so many messages a second, 1 to 500; as fast as the store can when `nil`.
    /// - Throws: ``QueueError/moveIsRunning(_:)``, ``QueueError/noSuchQueue(_:)``.
    func startMove(from source: String, to destination: String?, rate: Int?) async throws -> MessageMove

    /// The moves from a queue, the latest first: the ten last ones.
    func moves(from source: String) async throws -> [MessageMove]

    /// Ends a move between two messages.
    ///
    /// - Returns: The move as it is then.
    /// - Throws: ``QueueError/noSuchMove``, ``QueueError/moveIsOver``.
    func cancelMove(_ id: String) async throws -> MessageMove
}

extension QueueService {
    package func redrive(deadLetterQueueNamed name: String, maximum: Int) async throws -> Int {
        try await redrive(deadLetterQueueNamed: name, RedriveRequest(maximum: maximum))
    }
}
