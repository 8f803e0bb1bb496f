import EmbeddedBackend
import Foundation
import GRDB
import Queueing
import SpeakModel
import TestSupport
import Testing

@Suite("queue, across owners")
struct QueueDurabilityTests {
    let temporary = TemporaryFolder()

    private func text(_ delivery: Delivery) -> String { String(decoding: delivery.body, as: UTF8.self) }

    @Test("what was answered is in the files, even if the owner never closes them")
    func survivesWithoutClose() async throws {
        let folder = try DataFolder.open(temporary.path)
        let queue = try await folder.queues.createQueue(
            named: "jobs", QueueConfiguration(visibilityTimeout: .seconds(900)))
        for text in ["deleted", "leased", "waiting"] { try await queue.send(OutgoingMessage(body: Array(text.utf8))) }
        let deliveries = try await queue.receive(maximum: 2)
        #expect(try await queue.delete(deliveries[0].receipt))

        // As after a SIGKILL: the log is not written back, the lock is gone with its owner.
        let crashed = TemporaryFolder()
        try FileManager.default.copyItem(atPath: temporary.path, toPath: crashed.path)
        let next = try DataFolder.open(crashed.path)
        let again = try await next.queues.queue(named: "jobs")
        #expect(try await again.receive(maximum: 10).map(text) == ["waiting"])
        #expect(try await again.delete(deliveries[1].receipt), "the lease of a worker elsewhere is still its own")
        try next.close()
        try folder.close()
    }

    @Test("a new owner whose workers died with the old one ends their leases")
    func releasesLeases() async throws {
        let first = try DataFolder.open(temporary.path)
        let queue = try await first.queues.createQueue(named: "jobs", QueueConfiguration())
        try await queue.send(OutgoingMessage(body: Array("leased".utf8)))
        try await queue.send(OutgoingMessage(body: Array("delayed".utf8), delay: .seconds(600)))
        let lost = try #require(try await queue.receive().first)
        try first.close()

        let second = try DataFolder.open(temporary.path, releasingLeases: true)
        let again = try await second.queues.queue(named: "jobs")
        #expect(try await again.delete(lost.receipt) == false)
        let deliveries = try await again.receive(maximum: 10)
        #expect(deliveries.map(text) == ["leased"])
        #expect(deliveries.map(\.receiveCount) == [2])
        try second.close()
    }

    @Test("a sweep deletes what is too old and what a purge left, body and all")
    func sweep() async throws {
        let clock = TestClock()
        let folder = try DataFolder.open(temporary.path, now: { clock.now })
        let queue = try await folder.queues.createQueue(
            named: "jobs", QueueConfiguration(retentionPeriod: .seconds(60)))
        let batch = (0..<10).map { OutgoingMessage(body: Array("\($0)".utf8)) }
        for _ in 0..<3 { _ = try await queue.send(batch) }
        _ = try await queue.receive(maximum: 10)
        clock.advance(by: .seconds(61))
        _ = try await queue.send(batch)
        #expect(try await folder.queues.sweepExpired(limit: 20) == 20)
        #expect(try await folder.queues.sweepExpired(limit: 20) == 10)
        #expect(try await folder.queues.sweepExpired(limit: 20) == 0)
        #expect(try await rows(folder) == [10, 10])

        try await queue.purge()
        while try await folder.queues.sweepExpired(limit: 1000) > 0 {}
        #expect(try await rows(folder) == [0, 0])
        try folder.close()
    }

    /// How many rows `messages` and `contents` have.
    private func rows(_ folder: DataFolder) async throws -> [Int] {
        try await folder.storage.read { database in
            try ["messages", "contents"].map { try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? -1 }
        }
    }
}
