import Queueing
import Testing

@Suite("retention")
struct RetentionTests {
    @Test("a message too old is not delivered, whatever is behind it", arguments: Backend.that(.retention))
    func expires(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(retentionPeriod: .seconds(60)))
        for number in 0..<30 { try await queue.send("old \(number)") }
        try await harness.wait(.milliseconds(59_999))
        #expect(try await queue.receiveOne(visibilityTimeout: .zero).text == "old 0")
        try await queue.send("young")
        try await harness.wait(.milliseconds(1))
        #expect(try await queue.peek(maximum: 100).map(\.text) == ["young"])
        #expect(try await queue.receive(maximum: 10).map(\.text) == ["young"])
    }

    @Test("a longer retention is kept when it is configured later", arguments: Backend.available)
    func configuredLater(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(retentionPeriod: .seconds(60)))
        try await queue.send("job")
        try await harness.wait(.seconds(61))
        let longer = QueueConfiguration(retentionPeriod: .seconds(14 * 86_400))
        try await harness.queues.configure(queueNamed: "jobs") { $0 = longer }
        #expect(try await queue.configuration() == longer)
        try await harness.wait(.seconds(13 * 86_400))
        #expect(try await queue.receiveOne().text == "job")
    }

    @Test("a dead letter is as old as its first send", arguments: Backend.available)
    func deadLetterAge(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 1)
        try await queue.send("job")
        try await harness.wait(.seconds(3 * 86_400))
        _ = try await queue.receiveOne(visibilityTimeout: .zero)
        #expect(try await queue.isEmpty())
        let age = try await deadLetters.statistics().ageOfOldest
        #expect(age == (backend.can(.ages) ? .seconds(3 * 86_400) : nil))
        try await harness.wait(.seconds(86_400))
        #expect(try await deadLetters.isEmpty())
    }
}
