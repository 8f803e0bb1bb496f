import Queueing
import SpeakModel
import TestSupport
import Testing

@testable import EmbeddedBackend

@Suite("how many messages may be in flight")
struct InFlightTests {
    let temporary = TemporaryFolder()

    private func queue(
        _ name: String, _ configuration: QueueConfiguration
    ) async throws -> (any MessageQueue, DataFolder, TestClock) {
        let clock = TestClock()
        let folder = try DataFolder.open(temporary.path, inFlightLimit: 3, now: { clock.now })
        return (try await folder.queues.createQueue(named: name, configuration), folder, clock)
    }

    @Test("a standard queue refuses what is above its limit, and goes on when leases end")
    func standard() async throws {
        let (queue, folder, clock) = try await queue("jobs", QueueConfiguration(visibilityTimeout: .seconds(30)))
        defer { try? folder.close() }
        for number in 0..<5 { try await queue.send(OutgoingMessage(body: Array("\(number)".utf8))) }
        let held = try await queue.receive(maximum: 10)
        #expect(held.count == 3)
        await #expect(throws: QueueError.tooManyInFlight(limit: 3)) { try await queue.receive() }
        try await queue.delete(held[0].receipt)
        #expect(try await queue.receive(maximum: 10).count == 1)
        await #expect(throws: QueueError.tooManyInFlight(limit: 3)) { try await queue.receive() }
        clock.advance(by: .seconds(30))
        #expect(try await queue.receive(maximum: 10).count == 3)
    }

    @Test("a FIFO queue brings nothing above its limit, and wakes who waits when a lease ends", .timeLimit(.minutes(1)))
    func ordered() async throws {
        let (queue, folder, clock) = try await queue(
            "jobs.fifo", QueueConfiguration(visibilityTimeout: .seconds(30), fifo: FIFOSettings()))
        defer { try? folder.close() }
        for number in 0..<5 {
            try await queue.send(
                OutgoingMessage(body: Array("\(number)".utf8), group: "\(number)", deduplicationID: "\(number)"))
        }
        #expect(try await queue.receive(maximum: 10).count == 3)
        #expect(try await queue.receive(maximum: 10).isEmpty)
        async let waiting = queue.receive(maximum: 1, visibilityTimeout: nil, wait: .seconds(20))
        while folder.queues.waitingReceiverCount == 0 { await Task.yield() }
        clock.advance(by: .seconds(30))
        folder.timeHasMoved()
        #expect(try await waiting.count == 1)
    }
}
