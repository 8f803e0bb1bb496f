import Queueing
import Testing

@Suite("send")
struct SendTests {
    @Test("a message arrives as it was sent, once", arguments: Backend.available)
    func roundTrip(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        let attributes = [
            "trace": MessageAttribute.string("1-안녕"),
            "length": MessageAttribute(dataType: "Number.int", value: Array("-12.5e3".utf8)),
            "raw.data": MessageAttribute(dataType: "Binary", value: [0, 255, 10]),
        ]
        let message = OutgoingMessage(body: Array("{\"text\":\"안녕\\n\"}\t🎧".utf8), attributes: attributes)
        let id = try await queue.send(message)

        let delivery = try await queue.receiveOne()
        #expect(delivery.id == id)
        #expect(delivery.body == message.body)
        #expect(delivery.attributes == message.attributes)
        #expect(delivery.sentAt == harness.now())
        #expect(delivery.firstReceivedAt == harness.now())
        #expect(delivery.receiveCount == 1)
        #expect(delivery.lastFailure == nil)
        #expect(try await queue.isEmpty())
    }

    @Test("a batch gets an identifier each, in its order, and is delivered in its order", arguments: Backend.available)
    func batch(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        let ids = try await queue.send((0..<10).map { OutgoingMessage(body: Array("\($0)".utf8)) })
        #expect(Set(ids).count == 10)
        let deliveries = try await queue.receive(maximum: 10)
        #expect(deliveries.map(\.id) == ids.map(\.id))
        #expect(deliveries.map(\.text) == (0..<10).map(String.init))
    }

    @Test("older messages come first, across sends", arguments: Backend.available)
    func order(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        for text in ["a", "b", "c"] {
            try await queue.send(text)
            try await harness.wait(.milliseconds(1))
        }
        #expect(try await queue.receive(maximum: 2).map(\.text) == ["a", "b"])
        #expect(try await queue.receive(maximum: 2).map(\.text) == ["c"])
    }

    @Test("the longest body is taken, one byte more is not, and attributes count", arguments: Backend.available)
    func longest(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        let limit = QueueLimits.maximumMessageBytes
        let longest = OutgoingMessage(body: Array(repeating: UInt8(ascii: "a"), count: limit))
        try await queue.send(longest)
        #expect(try await queue.receiveOne().body == longest.body)

        var longer = longest
        longer.attributes = ["a": MessageAttribute(dataType: "String", value: [65])]
        await #expect(throws: QueueError.messageTooLong(bytes: limit + 8, limit: limit)) {
            try await queue.send(longer)
        }
        #expect(try await queue.statistics().total == 1)
    }

    @Test("a queue's own limit is kept", arguments: Backend.available)
    func ownLimit(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(maximumMessageBytes: 1024))
        let good = OutgoingMessage(body: Array(repeating: 97, count: 1024))
        let long = OutgoingMessage(body: Array(repeating: 97, count: 1025))
        await #expect(throws: QueueError.messageTooLong(bytes: 1025, limit: 1024)) {
            try await queue.send([good, long])
        }
        #expect(try await queue.statistics().total == 0, "a batch is taken whole or not at all")
        try await queue.send(good)
    }

    @Test("what SQS refuses is refused", arguments: Backend.available)
    func refusals(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        let body = Array("x".utf8)
        let bad: [[OutgoingMessage]] = [
            [],
            Array(repeating: OutgoingMessage(body: body), count: 11),
            [OutgoingMessage(body: [])],
            [OutgoingMessage(body: [1])],
            [OutgoingMessage(body: [0xFF])],
            [OutgoingMessage(body: body, delay: .seconds(901))],
            [OutgoingMessage(body: body, delay: .seconds(-1))],
            [OutgoingMessage(body: body, attributes: ["AWS.x": .string("1")])],
            [OutgoingMessage(body: body, attributes: ["x": .string("")])],
        ]
        for messages in bad {
            let error = await #expect(throws: QueueError.self) { try await queue.send(messages) }
            #expect(error?.label == "out_of_range")
        }
        #expect(try await queue.statistics().total == 0)
    }

    @Test("a message can be delayed, up to 15 minutes, against the queue's own delay", arguments: Backend.available)
    func delay(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(delay: .seconds(60)))
        try await queue.send("own", delay: .seconds(900))
        try await queue.send("queue's")
        try await queue.send("now", delay: .zero)
        #expect(try await queue.receive(maximum: 10).map(\.text) == ["now"])
        try await harness.wait(.seconds(60))
        #expect(try await queue.receive(maximum: 10).map(\.text).contains("queue's"))
        try await harness.wait(.seconds(839))
        #expect(try await queue.receive(maximum: 10).map(\.text).contains("own") == false)
        try await harness.wait(.seconds(1))
        #expect(try await queue.receive(maximum: 10).map(\.text).contains("own"))
    }
}
