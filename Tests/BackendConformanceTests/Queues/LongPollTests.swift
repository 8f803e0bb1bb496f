import Queueing
import Testing

@Suite("long poll")
struct LongPollTests {
    @Test("a send ends the wait of one receiver", arguments: Backend.available)
    func sendWakes(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        async let waiting = queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20))
        let id = try await queue.send("job")
        #expect(try await waiting.map(\.id) == [id])
    }

    @Test("nothing comes: the wait ends with nothing", arguments: Backend.available)
    func timesOut(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        let waiting = Task { try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20)) }
        let deliveries = try await passing(harness, .seconds(1)) { try await waiting.value }
        #expect(deliveries?.isEmpty == true)
    }

    @Test("a delay that runs out ends the wait", arguments: Backend.available)
    func delayEnds(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        let waiting = Task { try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20)) }
        let id = try await queue.send("job", delay: .seconds(5))
        let deliveries = try await passing(harness, .seconds(1)) { try await waiting.value }
        #expect(deliveries?.map(\.id) == [id])
    }

    @Test("a lease that runs out ends the wait", arguments: Backend.available)
    func leaseEnds(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(visibilityTimeout: .seconds(5)))
        try await queue.send("job")
        _ = try await queue.receiveOne()
        let waiting = Task { try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20)) }
        let deliveries = try await passing(harness, .seconds(1)) { try await waiting.value }
        #expect(deliveries?.map(\.receiveCount) == [2])
    }

    @Test("a message given back ends the wait", arguments: Backend.available)
    func givenBack(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send("job")
        let held = try await queue.receiveOne()
        async let waiting = queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20))
        try await queue.changeVisibility(of: held.receipt, to: .zero)
        #expect(try await waiting.map(\.receiveCount) == [2])
    }

    @Test("cancelling the task ends the wait, and loses no message", arguments: Backend.that(.hangUps))
    func cancellation(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        let waiting = Task { try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20)) }
        let other = Task { try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20)) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        let id = try await queue.send("job")
        #expect(try await other.value.map(\.id) == [id])
    }

    @Test("a hundred receivers wait; each of a hundred messages goes to one of them", arguments: Backend.available)
    func manyReceivers(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await withThrowingTaskGroup(of: [MessageID].self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await queue.receive(maximum: 1, visibilityTimeout: .seconds(300), wait: .seconds(20)).map(\.id)
                }
            }
            var sent: Set<MessageID> = []
            for batch in 0..<10 {
                let messages = (0..<10).map { OutgoingMessage(body: Array("\(batch)-\($0)".utf8)) }
                sent.formUnion(try await queue.send(messages).map(\.id))
            }
            var received: [MessageID] = []
            for try await ids in group { received += ids }
            #expect(received.count == 100)
            #expect(Set(received) == sent)
        }
    }

    /// Lets time pass step by step until `body` has its value.
    private func passing<Value: Sendable>(
        _ harness: Harness, _ step: Duration, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while !Task.isCancelled {
                    try await harness.wait(step)
                    await Task.yield()
                }
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
