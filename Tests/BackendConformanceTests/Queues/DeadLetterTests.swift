import Queueing
import SpeakModel
import Testing

@Suite("dead letters")
struct DeadLetterTests {
    @Test(
        "a message moves at the receive behind its last allowed one, as it is",
        arguments: Backend.that(.deadLetterSources))
    func redrive(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 2)
        let attributes = ["trace": MessageAttribute.string("1-abc")]
        let id = try await queue.send(OutgoingMessage(body: Array("job".utf8), attributes: attributes))
        let sentAt = harness.now()
        for reason in ["first reason", "second reason"] {
            try await harness.wait(.seconds(1))
            let delivery = try await queue.receiveOne()
            try await queue.changeVisibility(of: delivery.receipt, to: .zero, reason: reason)
        }
        #expect(try await deadLetters.statistics().total == 0)
        #expect(try await queue.isEmpty())

        let letter = try #require(try await deadLetters.peek(maximum: 10).first)
        #expect(letter.id == id)
        #expect(letter.text == "job")
        #expect(letter.attributes == attributes)
        #expect(letter.sentAt == sentAt)
        #expect(letter.receiveCount == 2)
        #expect(
            letter.lastFailure
                == (backend.can(.reasons)
                    ? "second reason" : "Received 2 times and never finished; no reason was given."))
        #expect(letter.sourceQueueName == "jobs")
        #expect(try await queue.statistics().total == 0)
        #expect(try await deadLetters.receiveOne().id == id)
    }

    @Test("a message whose receivers only died has a reason too", arguments: Backend.that(.deadLetterSources))
    func silentFailure(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 1)
        try await queue.send("job")
        _ = try await queue.receiveOne(visibilityTimeout: .zero)
        #expect(try await queue.isEmpty())
        let letter = try #require(try await deadLetters.peek(maximum: 1).first)
        #expect(letter.lastFailure == "Received 1 time and never finished; no reason was given.")
    }

    @Test("behind a message that moves, the next ones are received at once", arguments: Backend.available)
    func behindPoison(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 1)
        for number in 0..<25 { try await queue.send("poison \(number)") }
        for _ in 0..<3 { _ = try await queue.receive(maximum: 10, visibilityTimeout: .seconds(1)) }
        try await harness.wait(.seconds(2))
        try await queue.send("good")
        #expect(try await queue.receiveOne().text == "good")
        #expect(try await deadLetters.statistics().visible == 25)
    }

    @Test("a receiver can give a message up itself", arguments: Backend.available)
    func deadLetter(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 5)
        let id = try await queue.send("job")
        let delivery = try await queue.receiveOne()
        try await queue.deadLetter(delivery, reason: "It is no JSON.")
        let letter = try #require(try await deadLetters.peek(maximum: 10).first)
        #expect(letter.lastFailure == "It is no JSON.")
        #expect(letter.receiveCount == 1)
        await #expect(throws: QueueError.leaseLost(id)) {
            try await queue.deadLetter(delivery, reason: "again")
        }
        #expect(try await queue.delete([delivery.receipt]).allSatisfy(backend.isStale))
        #expect(try await queue.statistics().total == 0)
    }

    @Test("a letter carries how it failed as attributes, beside its sender's own", arguments: Backend.available)
    func report(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 5)
        try await queue.send(OutgoingMessage(body: Array("job".utf8), attributes: ["trace": .string("1-abc")]))
        let report = FailureReport(
            reason: "The disk is \u{1}full.", failure: "timed_out", attempts: 3, host: "worker-7",
            failedAt: Timestamp(milliseconds: 1_760_000_000_123), stack: "main.swift:1\nmain.swift:2")
        try await queue.deadLetter(try await queue.receiveOne(), report)
        let letter = try #require(try await deadLetters.peek(maximum: 1).first)
        #expect(letter.attributes["trace"] == .string("1-abc"))
        var kept = report
        kept.reason = "The disk is \u{FFFD}full."
        #expect(FailureReport(letter.attributes) == kept)
        #expect(letter.attributes.count <= QueueLimits.maximumAttributes)
    }

    @Test("what a sender gave a message is never lost for the report", arguments: Backend.available)
    func fullAttributes(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 5)
        let own = Dictionary(uniqueKeysWithValues: (0..<9).map { ("own-\($0)", MessageAttribute.string("\($0)")) })
        try await queue.send(OutgoingMessage(body: Array("job".utf8), attributes: own))
        try await queue.deadLetter(
            try await queue.receiveOne(), FailureReport(reason: "No.", failure: "failed", stack: "…"))
        let letter = try #require(try await deadLetters.peek(maximum: 1).first)
        #expect(letter.attributes == own.merging(["speaktracker.reason": .string("No.")]) { $1 })
        #expect(letter.lastFailure == "No.")
    }

    @Test(
        "a letter that is sent back and fails again tells of its last failure",
        arguments: Backend.that(.deadLetterSources))
    func secondReport(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 5)
        try await queue.send("job")
        try await queue.deadLetter(
            try await queue.receiveOne(), FailureReport(reason: "First.", failure: "timed_out", host: "a"))
        #expect(try await harness.queues.redrive(deadLetterQueueNamed: "jobs-dlq", maximum: 1) == 1)
        try await queue.deadLetter(try await queue.receiveOne(), FailureReport(reason: "Second.", failure: "failed"))
        let letter = try #require(try await deadLetters.peek(maximum: 1).first)
        #expect(FailureReport(letter.attributes) == FailureReport(reason: "Second.", failure: "failed"))
        #expect(letter.lastFailure == "Second.")
    }

    @Test("a queue without dead letters says so, and keeps delivering", arguments: Backend.available)
    func noDeadLetterQueue(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send("job")
        for count in 1...20 {
            let delivery = try await queue.receiveOne(visibilityTimeout: .zero)
            #expect(delivery.receiveCount == count)
        }
        let delivery = try await queue.receiveOne()
        await #expect(throws: QueueError.noDeadLetterQueue("jobs")) {
            try await queue.deadLetter(delivery, reason: "no")
        }
        #expect(try await queue.delete(delivery.receipt))
    }

    @Test("a dead letter ends the wait of who receives dead letters", arguments: Backend.available)
    func wakes(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 1)
        let id = try await queue.send("job")
        _ = try await queue.receiveOne(visibilityTimeout: .zero)
        async let waiting = deadLetters.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20))
        #expect(try await queue.isEmpty())
        #expect(try await waiting.map(\.id) == [id])
    }

    @Test(
        "a redrive brings letters back, oldest first, with a fresh count and a fresh life",
        arguments: Backend.that(.deadLetterSources)
    )
    func redriveBack(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 1)
        let ids = try await queue.send((0..<3).map { OutgoingMessage(body: Array("\($0)".utf8)) })
        _ = try await queue.receive(maximum: 10, visibilityTimeout: .zero)
        #expect(try await queue.isEmpty())
        try await deadLetters.send("never was elsewhere")
        try await harness.wait(.seconds(3 * 86_400))

        let service = harness.queues
        #expect(try await service.redrive(deadLetterQueueNamed: "jobs-dlq", maximum: 2) == 2)
        #expect(try await deadLetters.statistics().total == 2)
        try await harness.wait(.seconds(2 * 86_400))
        let deliveries = try await queue.receive(maximum: 10, visibilityTimeout: .seconds(60))
        #expect(deliveries.map(\.id) == ids.prefix(2).map(\.id), "they would be five days old by their first send")
        #expect(deliveries.map(\.receiveCount) == [1, 1])
        #expect(deliveries.first?.lastFailure == "Received 1 time and never finished; no reason was given.")
        #expect(
            try await service.redrive(deadLetterQueueNamed: "jobs-dlq", maximum: 100) == 0, "expired or not from here")
    }

    @Test(
        "a redrive brings chosen letters back, at a rate, and leaves the others to be received",
        arguments: Backend.that(.deadLetterSources))
    func redriveChosen(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 1)
        let ids = try await queue.send((0..<5).map { OutgoingMessage(body: Array("\($0)".utf8)) }).map(\.id)
        _ = try await queue.receive(maximum: 10, visibilityTimeout: .zero)
        #expect(try await queue.isEmpty())

        let request = RedriveRequest(messages: [ids[1], ids[3], MessageID("none")], rate: 100)
        #expect(try await harness.queues.redrive(deadLetterQueueNamed: "jobs-dlq", request) == 2)
        let back = try await queue.receive(maximum: 10, visibilityTimeout: .seconds(60))
        #expect(Set(back.map(\.id)) == [ids[1], ids[3]])
        let left = try await deadLetters.receive(maximum: 10, visibilityTimeout: .seconds(60))
        #expect(Set(left.map(\.id)) == [ids[0], ids[2], ids[4]])
    }

    @Test(
        "a dead-letter queue counts its own deliveries for its own dead letters",
        arguments: Backend.that(.deadLetterSources))
    func chain(_ backend: Backend) async throws {
        let harness = try await backend.make()
        _ = try await harness.queues.createQueue(named: "last", QueueConfiguration())
        let second = try await harness.queues.createQueue(
            named: "second",
            QueueConfiguration(redrivePolicy: RedrivePolicy(deadLetterQueueName: "last", maximumReceiveCount: 1)))
        let first = try await harness.queues.createQueue(
            named: "first",
            QueueConfiguration(redrivePolicy: RedrivePolicy(deadLetterQueueName: "second", maximumReceiveCount: 3)))
        try await first.send("job")
        for _ in 0..<3 { _ = try await first.receiveOne(visibilityTimeout: .zero) }
        #expect(try await first.isEmpty())
        #expect(try await second.receiveOne(visibilityTimeout: .zero).receiveCount == 4)
        #expect(try await second.isEmpty())
        #expect(try await harness.queues.queue(named: "last").statistics().visible == 1)
    }
}
