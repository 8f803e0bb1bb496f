import JSON
package import Queueing

extension AWSQueue {
    /// Sends the message to the dead letters with the report, then deletes it.
    ///
    /// A crash in between leaves the message in both queues: it is delivered once more, and given up once more.
    package func deadLetter(_ delivery: Delivery, _ report: FailureReport) async throws {
        let letters = try await deadLetterQueue()
        // The lease must outlast the send, and a stale receipt must not make a letter.
        try await changeVisibility(of: delivery.receipt, to: Self.handoverLease)
        let note = FailureNote(
            delivery, report, from: name, receiveCount: delivery.receiveCount, sentAt: delivery.sentAt)
        _ = try await letters.send(note.added(to: delivery.again))
        _ = try await delete(delivery.receipt)
    }

    private static let handoverLease = Duration.seconds(60)

    /// Leases messages for as long as it takes to read them, and gives them back.
    ///
    /// SQS counts that as a delivery, which is left out here; a queue that counts deliveries for its own dead letters is
    /// not looked into.
    package func peek(maximum: Int) async throws -> [MessageSummary] {
        guard maximum > 0 else { return [] }
        if try await configuration().redrivePolicy != nil {
            throw QueueError.unsupported("SQS cannot show the messages of \(name) without counting their deliveries.")
        }
        var seen: [Delivery] = []
        var ids: Set<MessageID> = []
        while seen.count < maximum {
            let more = try await look(atMost: min(10, maximum - seen.count), for: Self.peekLease)
            let new = more.filter { ids.insert($0.id).inserted }
            seen += new
            // Those whose leases are over come again, behind all others.
            if new.isEmpty { break }
        }
        await giveBack(seen)
        return seen.sorted { $0.sentAt < $1.sentAt }.map { delivery in
            MessageSummary(
                id: delivery.id, body: delivery.body, attributes: delivery.attributes, sentAt: delivery.sentAt,
                receiveCount: delivery.receiveCount - 1, lastFailure: delivery.lastFailure,
                sourceQueueName: delivery.sourceQueueName)
        }
    }

    /// Leases some of the messages that are there, without waiting for others.
    ///
    /// SQS asks only some of its servers then, and may say that there is nothing: so it is asked a few times.
    private func look(atMost count: Int, for lease: Duration) async throws -> [Delivery] {
        for _ in 0..<3 {
            let found = try await receive(maximum: count, visibilityTimeout: lease, wait: .zero)
            if !found.isEmpty { return found }
        }
        return []
    }

    private static let peekLease = Duration.seconds(30)

    /// Ends leases.
    func giveBack(_ deliveries: [Delivery]) async {
        for start in stride(from: 0, to: deliveries.count, by: 10) {
            let entries: [JSONValue] = deliveries[start..<min(deliveries.count, start + 10)].enumerated().map {
                [
                    "Id": .string("\($0.offset)"), "ReceiptHandle": .string($0.element.receipt.handle),
                    "VisibilityTimeout": 0,
                ]
            }
            // A lease that is not given back ends by itself.
            _ = try? await call("ChangeMessageVisibilityBatch", ["Entries": .array(entries)])
        }
    }

    /// Sends letters back to the queues they came from.
    ///
    /// Each is sent before it is deleted: a crash in between sends it twice. Letters that came from nowhere stay.
    ///
    /// SQS gives out whatever letters it likes: those that are not meant are held until the end, which counts a delivery.
    func redrive(_ request: RedriveRequest) async throws -> Int {
        let pace = Pace(request.rate)
        var moved = 0
        var kept: [Delivery] = []
        var ids: Set<MessageID> = []
        while moved < min(request.maximum, request.messages?.count ?? .max) {
            let limit = request.messages == nil ? min(10, request.maximum - moved) : 10
            let most = request.rate.map { min(limit, max(1, $0)) } ?? limit
            let letters = try await look(atMost: most, for: Self.redriveLease)
            // Those whose leases are over come again, behind all others.
            if letters.count(where: { ids.insert($0.id).inserted }) == 0 {
                kept += letters
                break
            }
            for letter in letters.sorted(by: { $0.sentAt < $1.sentAt }) {
                guard let source = letter.sourceQueueName, moved < request.maximum,
                    request.messages?.contains(letter.id) ?? true
                else {
                    kept.append(letter)
                    continue
                }
                try await pace.wait(after: moved)
                let note = FailureNote(letter, nil, from: nil, receiveCount: 0, sentAt: nil)
                _ = try await service.awsQueue(named: source).send(note.added(to: letter.again))
                _ = try await delete(letter.receipt)
                moved += 1
            }
        }
        await giveBack(kept)
        return moved
    }

    private static let redriveLease = Duration.seconds(120)
}

extension Delivery {
    /// The message as it was sent, to be sent once more.
    fileprivate var again: OutgoingMessage {
        OutgoingMessage(
            body: body, attributes: attributes, group: systemAttributes["MessageGroupId"],
            deduplicationID: systemAttributes["MessageDeduplicationId"], traceHeader: systemAttributes["AWSTraceHeader"]
        )
    }
}
