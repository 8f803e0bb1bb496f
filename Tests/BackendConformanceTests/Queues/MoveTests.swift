import Queueing
import Testing

@Suite("moving messages")
struct MoveTests {
    /// Queues `jobs` and `jobs-dlq`, with dead letters that came from the first.
    private func deadLetters(
        _ harness: Harness, _ texts: [String]
    ) async throws -> (any MessageQueue, any MessageQueue) {
        let (queue, deadLetters) = try await harness.queueWithDeadLetters(after: 1)
        for text in texts { try await queue.send(text) }
        while try await !queue.receive(maximum: 10, visibilityTimeout: .zero).isEmpty {}
        return (queue, deadLetters)
    }

    /// The latest move from a queue, once it is over.
    private func end(_ harness: Harness, from source: String = "jobs-dlq") async throws -> MessageMove {
        while true {
            let move = try #require(try await harness.queues.moves(from: source).first)
            if move.status != .running { return move }
            await Task.yield()
        }
    }

    @Test("dead letters go back where they came from, fresh", .timeLimit(.minutes(5)), arguments: Backend.that(.moves))
    func back(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (queue, deadLetters) = try await deadLetters(harness, (0..<25).map(String.init))
        let started = try await harness.queues.startMove(from: "jobs-dlq", to: nil, rate: nil)
        #expect((started.status, started.messageCount, started.movedCount) == (.running, 25, 0))
        let ended = try await end(harness)
        #expect((ended.id, ended.status, ended.movedCount) == (started.id, .completed, 25))
        #expect(try await deadLetters.isEmpty())
        var texts: [String] = []
        while case let more = try await queue.receive(maximum: 10), !more.isEmpty {
            texts += more.map(\.text)
            #expect(more.allSatisfy { $0.receiveCount == 1 && $0.sourceQueueName == nil })
        }
        #expect(texts == (0..<25).map(String.init))
    }

    @Test("a move wakes who waits where its messages go", .timeLimit(.minutes(5)), arguments: Backend.that(.moves))
    func wakes(_ backend: Backend) async throws {
        let harness = try await backend.make()
        _ = try await deadLetters(harness, ["a"])
        let other = try await harness.queues.createQueue(named: "other", QueueConfiguration())
        async let waiting = other.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20))
        _ = try await harness.queues.startMove(from: "jobs-dlq", to: "other", rate: nil)
        #expect(try await waiting.map(\.text) == ["a"])
        let move = try await end(harness)
        #expect((move.status, move.destinationQueueName, move.movedCount) == (.completed, "other", 1))
    }

    @Test("a move that cannot go on says why", .timeLimit(.minutes(5)), arguments: Backend.that(.moves))
    func failures(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let (_, deadLetters) = try await deadLetters(harness, ["a"])
        try await deadLetters.send("sent to it")
        _ = try await harness.queues.startMove(from: "jobs-dlq", to: nil, rate: nil)
        let move = try await end(harness)
        #expect((move.status, move.failure, move.movedCount) == (.failed, .unknownSource, 1))
    }

    @Test(
        "a move whose source is gone says so", .timeLimit(.minutes(5)), arguments: Backend.that(.moves, .orphanMoves))
    func orphans(_ backend: Backend) async throws {
        let harness = try await backend.make()
        _ = try await deadLetters(harness, ["b"])
        try await harness.queues.deleteQueue(named: "jobs")
        _ = try await harness.queues.startMove(from: "jobs-dlq", to: nil, rate: nil)
        let move = try await end(harness)
        #expect((move.status, move.failure, move.movedCount) == (.failed, .noSuchQueue, 0))
        #expect(try await harness.queues.moves(from: "jobs-dlq").count == 1)
    }

    @Test(
        "one move of a queue runs at a time, and can be cancelled", .timeLimit(.minutes(5)),
        arguments: Backend.that(.moves))
    func cancelled(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queues = harness.queues
        let (queue, letters) = try await deadLetters(harness, (0..<200).map(String.init))
        let move = try await queues.startMove(from: "jobs-dlq", to: nil, rate: 1)
        await #expect(throws: QueueError.moveIsRunning("jobs-dlq")) {
            try await queues.startMove(from: "jobs-dlq", to: nil, rate: nil)
        }
        _ = try await queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20))
        let cancelled = try await queues.cancelMove(move.id)
        #expect(cancelled.status == .cancelled)
        #expect((1..<200).contains(cancelled.movedCount))
        #expect(try await letters.statistics().total == 200 - cancelled.movedCount)
        await #expect(throws: QueueError.moveIsOver) { try await queues.cancelMove(move.id) }
        await #expect(throws: QueueError.noSuchMove) { try await queues.cancelMove("none") }
        await #expect(throws: QueueError.noSuchQueue("none")) {
            try await queues.startMove(from: "jobs-dlq", to: "none", rate: nil)
        }
        await #expect(throws: QueueError.self) { try await queues.startMove(from: "jobs-dlq", to: nil, rate: 501) }
        _ = try await queues.startMove(from: "jobs-dlq", to: nil, rate: nil)
        #expect(try await end(harness).status == .completed)
        #expect(try await queue.statistics().total == 200)
    }
}
