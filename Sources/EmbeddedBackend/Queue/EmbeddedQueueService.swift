import GRDB
package import Queueing
import SpeakModel

/// The queues of a data folder.
package final class EmbeddedQueueService: QueueService {
    private let storage: Storage
    private let known: Catalogue<QueueDescription>
    private let waiters: PollWaiters
    private let mover: MessageMover
    private let inFlightLimit: Int
    package let traffic = QueueTraffic()

    init(storage: Storage, inFlightLimit: Int) {
        self.storage = storage
        self.inFlightLimit = inFlightLimit
        known = Catalogue { name in
            try await storage.writeQueues(.lease) { connection, _ in try connection.queue(name).description }
        }
        waiters = PollWaiters(now: storage.now)
        mover = MessageMover(storage: storage, waiters: waiters)
    }

    @discardableResult
    package func createQueue(
        named name: String, _ configuration: QueueConfiguration
    ) async throws -> any MessageQueue {
        try QueueConfiguration.check(name: name)
        try configuration.check(forQueueNamed: name)
        try await storage.writeQueues(.durable) { connection, now in
            if let existing = try connection.findQueue(name) {
                if existing.configuration != configuration { throw QueueError.queueExists(name) }
            } else {
                try connection.checkDeadLetterQueue(of: configuration)
                try connection.insertQueue(name, configuration, now: now.milliseconds)
            }
        }
        known.changed()
        return queue(name)
    }

    package func queue(named name: String) async throws -> any MessageQueue {
        _ = try await known.entry(name)
        return queue(name)
    }

    package func description(ofQueueNamed name: String) async throws -> QueueDescription {
        try await known.entry(name)
    }

    package func tags(ofQueueNamed name: String) async throws -> [String: String] {
        try await known.entry(name).tags
    }

    package func tag(queueNamed name: String, _ changes: [String: String?]) async throws {
        try await storage.writeQueues(.durable) { connection, _ in
            let queue = try connection.queue(name)
            var tags = queue.tags
            for (tag, value) in changes { tags[tag] = value }
            try connection.updateTags(of: queue, tags)
        }
        known.changed()
    }

    package func configure(
        queueNamed name: String, _ change: @escaping @Sendable (inout QueueConfiguration) throws -> Void
    ) async throws {
        try await storage.writeQueues(.durable) { connection, now in
            let old = try connection.queue(name).configuration
            var configuration = old
            try change(&configuration)
            try configuration.check(forQueueNamed: name)
            if configuration.redrivePolicy != old.redrivePolicy {
                try connection.checkDeadLetterQueue(of: configuration)
            }
            try connection.updateQueue(name, configuration, now: now.milliseconds)
        }
        known.changed()
    }

    package func queueNames(prefix: String) async throws -> [String] {
        try await storage.readQueues { database, _ in
            try String.fetchAll(database, sql: "SELECT name FROM queues ORDER BY name").filter { $0.hasPrefix(prefix) }
        }
    }

    package func deleteQueue(named name: String) async throws {
        try await storage.writeQueues(.durable) { connection, _ in
            try connection.deleteQueue(connection.queue(name))
        }
        known.changed()
        traffic.forget(queueNamed: name)
        storage.sweepQueuesInBackground()
    }

    package func redrive(deadLetterQueueNamed name: String, _ request: RedriveRequest) async throws -> Int {
        let uuids = request.messages.map { Set($0.compactMap(MessageUUID.init)) }
        let pace = Pace(request.rate)
        var total = 0
        while total < request.maximum {
            try await pace.wait(after: total)
            let limit = min(500, request.maximum - total, max(1, pace.allowance(after: total)))
            let moved = try await storage.writeQueues(.durable) { connection, now in
                try connection.redrive(
                    from: connection.queue(name), only: uuids, limit: limit, now: now.milliseconds)
            }
            for (source, count) in moved { waiters.messagesAppeared(count, inQueue: source) }
            let count = moved.values.reduce(0, +)
            total += count
            if count < limit { break }
        }
        return total
    }

    package func startMove(from source: String, to destination: String?, rate: Int?) async throws -> MessageMove {
        if let rate { try QueueLimits.moveRate.check(rate, "MaxNumberOfMessagesPerSecond") }
        let move = try await storage.writeQueues(.durable) { connection, now in
            try connection.startMove(from: connection.queue(source), to: destination, rate: rate, now: now)
        }
        mover.run(move)
        return move
    }

    package func moves(from source: String) async throws -> [MessageMove] {
        try await storage.writeQueues(.lease) { connection, _ in try connection.moves(from: connection.queue(source)) }
    }

    package func cancelMove(_ id: String) async throws -> MessageMove {
        try await storage.writeQueues(.durable) { connection, _ in try connection.cancelMove(id) }
    }

    /// Goes on with the moves that ran when the folder was closed: for whoever serves it.
    package func resumeMoves() async throws {
        let running = try await storage.writeQueues(.lease) { connection, _ in try connection.runningMoves() }
        for move in running { mover.run(move) }
    }

    /// Deletes messages that are older than their queue keeps them, and what purges left behind.
    ///
    /// Nobody receives such messages; this frees their room.
    ///
    /// - Returns: How many were deleted; fewer than `limit` when none is left.
    @discardableResult
    package func sweepExpired(limit: Int) async throws -> Int { try await storage.sweepQueues(limit: limit) }

    /// How many receivers wait for a message, in all queues.
    package var waitingReceiverCount: Int { waiters.count }

    /// Tells those who wait at a queue that messages are visible now or later.
    func announce(_ visibleAt: [Timestamp], inQueueNamed name: String) { queue(name).announce(visibleAt) }

    func timeHasMoved() { waiters.timeHasMoved() }

    /// Ends every waiting receive with an error.
    func close() {
        mover.close()
        waiters.close()
    }

    private func queue(_ name: String) -> EmbeddedQueue {
        EmbeddedQueue(
            name: name, storage: storage, known: known, waiters: waiters, traffic: traffic, inFlightLimit: inFlightLimit
        )
    }
}
