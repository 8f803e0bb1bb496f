import EmbeddedBackend
import Queueing
import TestSupport
import Testing

@Suite("idle receivers")
struct IdlePollTests {
    @Test("a thousand waiting receivers look once, and a message wakes one of them")
    func thousand() async throws {
        let temporary = TemporaryFolder()
        let clock = TestClock()
        let folder = try DataFolder.open(temporary.path, now: { clock.now })
        let queue = try await folder.queues.createQueue(named: "jobs", QueueConfiguration())
        let before = folder.storage.writer.statistics.operations
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<1000 {
                group.addTask { try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20)).count }
            }
            while folder.queues.waitingReceiverCount < 1000 { await Task.yield() }
            #expect(folder.storage.writer.statistics.operations - before == 1000)

            try await queue.send(OutgoingMessage(body: Array("job".utf8)))
            #expect(try await group.next() == 1)
            #expect(folder.storage.writer.statistics.operations - before == 1002)
            #expect(folder.queues.waitingReceiverCount == 999)

            clock.advance(by: .seconds(20))
            folder.timeHasMoved()
            var received = 0
            for try await count in group { received += count }
            #expect(received == 0)
        }
        try folder.close()
    }

    @Test("messages that appear at one moment reach all who wait, each one", .timeLimit(.minutes(1)))
    func oneMoment() async throws {
        let temporary = TemporaryFolder()
        let clock = TestClock()
        let folder = try DataFolder.open(temporary.path, now: { clock.now })
        let queue = try await folder.queues.createQueue(named: "jobs", QueueConfiguration(delay: .seconds(5)))
        let ids = try await queue.send((0..<3).map { OutgoingMessage(body: Array("\($0)".utf8)) })
        try await withThrowingTaskGroup(of: [MessageID].self) { group in
            for _ in 0..<3 {
                group.addTask {
                    try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20)).map(\.id)
                }
            }
            while folder.queues.waitingReceiverCount < 3 { await Task.yield() }
            clock.advance(by: .seconds(5))
            folder.timeHasMoved()
            let received = try await group.reduce(into: []) { $0 += $1 }
            #expect(Set(received) == Set(ids.map(\.id)))
        }
        try folder.close()
    }

    @Test("closing the folder ends every wait with an error in words")
    func close() async throws {
        let temporary = TemporaryFolder()
        let folder = try DataFolder.open(temporary.path)
        let queue = try await folder.queues.createQueue(named: "jobs", QueueConfiguration())
        let waiting = Task { try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20)) }
        while folder.queues.waitingReceiverCount == 0 { await Task.yield() }
        try folder.close()
        await #expect(throws: QueueError.unavailable(reason: "the data folder is closed")) { try await waiting.value }
    }
}
