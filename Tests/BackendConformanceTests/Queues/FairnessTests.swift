import Queueing
import TestSupport
import Testing

extension MessageQueue {
    fileprivate func send(_ text: String, group: String?) async throws {
        _ = try await send([OutgoingMessage(body: Array(text.utf8), group: group)])
    }

    fileprivate func send(_ count: Int, group: String) async throws {
        for start in stride(from: 0, to: count, by: 10) {
            _ = try await send(
                (start..<min(count, start + 10)).map {
                    OutgoingMessage(body: Array("\(group)\($0)".utf8), group: group)
                })
        }
    }
}

@Suite("standard queues whose messages name groups")
struct FairnessTests {
    @Test("a group that keeps receivers busy waits behind the others", arguments: Backend.that(.fairness))
    func noisy(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send(200, group: "noisy")
        var held = try await queue.receive(maximum: 10)
        #expect(held.count == 10)
        try await queue.send("quiet", group: "quiet")
        try await queue.send("nobody's", group: nil)
        #expect(Set(try await queue.receive(maximum: 2).map(\.text)) == ["quiet", "nobody's"])
        // Nobody else waits, so it is served.
        held += try await queue.receive(maximum: 10)
        #expect(held.count == 20)

        // Once it holds little it is as good as the others: by age.
        for delivery in held { try await queue.delete(delivery.receipt) }
        try await queue.send("late", group: "quiet")
        #expect(try await queue.receiveOne().text == "noisy20")
    }

    @Test("of noisy groups the one with less in flight comes first", arguments: Backend.that(.fairness))
    func loads(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send(40, group: "a")
        for _ in 0..<3 { _ = try await queue.receive(maximum: 10) }
        try await queue.send(20, group: "b")
        let groups = try await queue.receive(maximum: 10).map(\.text.first)
        #expect(groups == Array(repeating: "b", count: 10))
        // 30 of a, 10 of b.
        #expect(try await queue.receiveOne().text.first == "b")
    }

    @Test("many quiet groups behind a noisy one are all reached", arguments: Backend.that(.fairness))
    func many(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send(300, group: "noisy")
        _ = try await queue.receive(maximum: 10)
        let names = Set((0..<100).map { "quiet\($0)" })
        for name in names { try await queue.send(name, group: name) }
        var received: [String] = []
        for _ in 0..<100 { received.append(try await queue.receiveOne().text) }
        #expect(Set(received) == names)
    }

    @Test(
        "a quiet group's message whose lease has ended does not wait behind a noisy one's",
        arguments: Backend.that(.fairness)
    )
    func returned(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(visibilityTimeout: .seconds(600)))
        try await queue.send("quiet", group: "quiet")
        #expect(try await queue.receiveOne(visibilityTimeout: .seconds(30)).text == "quiet")
        try await queue.send(40, group: "noisy")
        _ = try await queue.receive(maximum: 10)
        try await harness.wait(.seconds(30))
        #expect(try await queue.receiveOne().text == "quiet")
        #expect(try await queue.statistics().inFlight == 11)
    }

    @Test("what a group sent is delivered once, whatever the order", arguments: Backend.that(.fairness))
    func complete(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        var random = SeededGenerator(seed: 7)
        var sent: Set<String> = []
        var received: [String] = []
        var held: [Receipt] = []
        for step in 0..<400 {
            if Int.random(in: 0..<3, using: &random) < 2 {
                let group = [nil, "a", "a", "a", "b", "c"].randomElement(using: &random) ?? nil
                try await queue.send("\(step)", group: group)
                sent.insert("\(step)")
            } else {
                let deliveries = try await queue.receive(maximum: Int.random(in: 1...10, using: &random))
                received += deliveries.map(\.text)
                held += deliveries.map(\.receipt)
            }
            if held.count > 25 {
                for receipt in held.shuffled(using: &random).prefix(20) { #expect(try await queue.delete(receipt)) }
                held = []
            }
        }
        while case let more = try await queue.receive(maximum: 10), !more.isEmpty { received += more.map(\.text) }
        #expect(received.count == sent.count)
        #expect(Set(received) == sent)
    }
}
