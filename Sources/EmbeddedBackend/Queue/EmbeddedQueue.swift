package import Queueing
import SpeakModel

/// A queue in a data folder.
///
/// A message is a row that a lease hides: receiving it sets when it becomes visible again. Sends, deletes and moves
/// are on the disk when they return. A lease is not, nor is a change of visibility with its reason: losing one in a
/// crash of the machine delivers the message again, with the count before it.
package struct EmbeddedQueue: MessageQueue {
    package let name: String
    let storage: Storage
    let known: Catalogue<QueueDescription>
    let waiters: PollWaiters
    let traffic: QueueTraffic
    let inFlightLimit: Int

    package func send(_ messages: [OutgoingMessage]) async throws -> [SentMessage] {
        try OutgoingMessage.check(batch: messages)
        let outgoing = messages.map { (message: $0, uuid: MessageUUID.random()) }
        let bytes = messages.reduce(0) { $0 + $1.bytes }
        let sent = try await storage.writeQueues(.durable, bytes: bytes) { [name] connection, now in
            let queue = try connection.queue(name)
            return try outgoing.map { try connection.send($0.message, $0.uuid, to: queue, now: now.milliseconds) }
        }
        let visibleAt = sent.compactMap(\.visibleAt)
        announce(visibleAt.map(Timestamp.init(milliseconds:)))
        traffic.sent(visibleAt.count, toQueueNamed: name)
        return sent.map(\.message)
    }

    package func receive(
        maximum: Int, visibilityTimeout: Duration?, wait: Duration, attempt: String?
    ) async throws -> [Delivery] {
        try QueueLimits.batch.check(maximum, "MaxNumberOfMessages")
        if let visibilityTimeout { try QueueLimits.visibilityTimeout.check(visibilityTimeout, "VisibilityTimeout") }
        try QueueLimits.wait.check(wait, "WaitTimeSeconds")
        let request = LeaseRequest(
            maximum: maximum, visibilityTimeout: visibilityTimeout, attempt: attempt, inFlightLimit: inFlightLimit)
        let deadline = storage.now() + wait
        while true {
            let ticket = waiters.ticket(forQueue: name)
            let look = try await look(request)
            if !look.deliveries.isEmpty { return look.deliveries }
            if look.hasMore { continue }
            if storage.now() >= deadline { return [] }
            try await waiters.wait(with: ticket, until: deadline, after: look)
        }
    }

    /// Leases what is visible, and tells those who wait what that means for them.
    private func look(_ request: LeaseRequest) async throws -> LeaseOutcome {
        do {
            try Task.checkCancellation()
            let look = try await storage.writeQueues(.lease) { [name] connection, now in
                try connection.lease(from: connection.queue(name), request, now: now.milliseconds)
            }
            if look.hasMore { waiters.messagesAppeared(1, inQueue: name) }
            if let due = look.nextDue { waiters.messageWillAppear(at: due, inQueue: name) }
            if let moved = look.deadLetterQueueName { waiters.messagesAppeared(look.movedCount, inQueue: moved) }
            traffic.received(look.deliveries.count, fromQueueNamed: name)
            traffic.deadLettered(look.movedCount, fromQueueNamed: name)
            return look
        } catch {
            // It may have been called to fetch a message: somebody else must.
            waiters.messagesAppeared(1, inQueue: name)
            throw error
        }
    }

    package func changeVisibility(of receipt: Receipt, to timeout: Duration, reason: String?) async throws {
        try QueueLimits.visibilityTimeout.check(timeout, "VisibilityTimeout")
        guard let key = LeaseKey(receipt) else { throw QueueError.leaseLost(nil) }
        let visibleAt = try await storage.writeQueues(.lease) { [name] connection, now in
            let visibleAt = now + timeout
            let last = key.leasedAt + QueueLimits.visibilityTimeout.upperBound
            if visibleAt > last {
                throw QueueError.outOfRange(
                    parameter: "VisibilityTimeout", value: "\(timeout)",
                    allowed: "at most \(QueueLimits.visibilityTimeout.upperBound) since the delivery")
            }
            let isHeld = try connection.changeVisibility(
                key, in: connection.queue(name), to: visibleAt.milliseconds,
                reason: reason.map { FailureReason.cut($0) },
                now: now.milliseconds)
            if !isHeld { throw QueueError.leaseLost(key.uuid.id) }
            return visibleAt
        }
        announce([visibleAt])
    }

    package func isReceipt(_ receipt: Receipt) -> Bool { LeaseKey(receipt) != nil }

    package func delete(_ receipts: [Receipt]) async throws -> [Deletion] {
        try QueueLimits.batch.check(receipts.count, "the number of receipts")
        let keys = receipts.map(LeaseKey.init)
        let (deleted, isOrdered) = try await storage.writeQueues(.durable) { [name] connection, now in
            let queue = try connection.queue(name)
            let deleted = try keys.map { key in
                try key.map { try connection.delete($0, from: queue, now: now.milliseconds) } ?? .stale
            }
            return (deleted, queue.isFIFO)
        }
        // What was behind a deleted message in its group can be received now.
        if isOrdered { waiters.messagesAppeared(deleted.count { $0 == .deleted }, inQueue: name) }
        traffic.deleted(deleted.count { $0 == .deleted }, fromQueueNamed: name)
        return deleted
    }

    package func deadLetter(_ delivery: Delivery, _ report: FailureReport) async throws {
        guard let key = LeaseKey(delivery.receipt) else { throw QueueError.leaseLost(nil) }
        let message = OutgoingMessage(body: delivery.body, attributes: delivery.attributes)
        let attributes = AttributeCoding.encode(report.added(to: message).attributes)
        let target = try await storage.writeQueues(.durable) { [name] connection, now in
            let queue = try connection.queue(name)
            guard let target = queue.configuration.redrivePolicy?.deadLetterQueueName,
                let deadLetters = try connection.findQueue(target)
            else { throw QueueError.noDeadLetterQueue(name) }
            let isHeld = try connection.deadLetter(
                key, from: queue, to: deadLetters, reason: FailureReason.cut(report.reason),
                attributes: attributes, now: now.milliseconds)
            if !isHeld { throw QueueError.leaseLost(key.uuid.id) }
            return target
        }
        waiters.messagesAppeared(1, inQueue: target)
        traffic.deadLettered(1, fromQueueNamed: name)
    }

    package func peek(maximum: Int) async throws -> [MessageSummary] {
        try await storage.readQueues { [name] database, now in
            try QueueReading(database, name, now: now).summaries(maximum: maximum)
        }
    }

    package func purge() async throws {
        try await storage.writeQueues(.durable) { [name] connection, _ in
            try connection.abandonMessages(of: connection.queue(name))
        }
        storage.sweepQueuesInBackground()
    }

    package func configuration() async throws -> QueueConfiguration {
        try await known.entry(name).configuration
    }

    package func statistics() async throws -> QueueStatistics {
        try await storage.readQueues { [name] database, now in
            try QueueReading(database, name, now: now).statistics()
        }
    }

    /// Tells those who wait that messages are visible now or later.
    func announce(_ visibleAt: [Timestamp]) {
        let now = storage.now()
        waiters.messagesAppeared(visibleAt.count { $0 <= now }, inQueue: name)
        if let due = visibleAt.filter({ $0 > now }).min() { waiters.messageWillAppear(at: due, inQueue: name) }
    }
}
