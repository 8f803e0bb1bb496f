import Queueing
import Testing

@Suite("lease")
struct LeaseTests {
    @Test("a late worker cannot finish what another holds", arguments: Backend.that(.fencing))
    func staleReceipt(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(visibilityTimeout: .seconds(5)))
        let id = try await queue.send("job")
        let late = try await queue.receiveOne()
        try await harness.wait(.seconds(6))
        let current = try await queue.receiveOne()

        #expect(try await queue.delete([late.receipt]).allSatisfy(backend.isStale))
        await #expect(throws: QueueError.leaseLost(id)) {
            try await queue.changeVisibility(of: late.receipt, to: .seconds(60))
        }
        #expect(try await queue.statistics().inFlight == 1)
        #expect(try await queue.delete(current.receipt))
        #expect(try await queue.delete([current.receipt]).allSatisfy(backend.isStale))
        #expect(try await queue.statistics().total == 0)
    }

    @Test("a lease hides a message until its last millisecond, and not longer", arguments: Backend.available)
    func leaseEnds(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(visibilityTimeout: .seconds(30)))
        let id = try await queue.send("job")
        let first = try await queue.receiveOne()
        try await harness.wait(.milliseconds(29_999))
        #expect(try await queue.isEmpty())
        try await harness.wait(.milliseconds(1))
        let second = try await queue.receiveOne()
        #expect(second.id == id)
        #expect(second.receiveCount == 2)
        #expect(second.receipt != first.receipt)
        #expect(second.sentAt == first.sentAt)
        #expect(second.firstReceivedAt == first.firstReceivedAt)
    }

    @Test("a receiver's own timeout is kept, from zero to twelve hours", arguments: Backend.available)
    func ownTimeout(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send("job")
        _ = try await queue.receiveOne(visibilityTimeout: .zero)
        _ = try await queue.receiveOne(visibilityTimeout: .seconds(43_200))
        try await harness.wait(.seconds(43_199))
        #expect(try await queue.isEmpty())
        try await harness.wait(.seconds(1))
        #expect(try await queue.receiveOne().receiveCount == 3)
    }

    @Test("a lease can be made longer and shorter, and given back", arguments: Backend.available)
    func changeVisibility(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(visibilityTimeout: .seconds(10)))
        let id = try await queue.send("job")
        let first = try await queue.receiveOne()
        try await queue.changeVisibility(of: first.receipt, to: .seconds(100))
        try await harness.wait(.seconds(99))
        #expect(try await queue.isEmpty())
        try await queue.changeVisibility(of: first.receipt, to: .seconds(20))
        try await harness.wait(.seconds(19))
        #expect(try await queue.isEmpty())
        try await queue.changeVisibility(of: first.receipt, to: .zero)
        #expect(try await queue.receiveOne().id == id)
    }

    @Test(
        "a lease that has ended cannot be prolonged, but its message can be deleted",
        arguments: Backend.that(.leaseEnds))
    func endedLease(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(visibilityTimeout: .seconds(10)))
        let id = try await queue.send("job")
        let delivery = try await queue.receiveOne()
        try await harness.wait(.seconds(10))
        await #expect(throws: QueueError.leaseLost(id)) {
            try await queue.changeVisibility(of: delivery.receipt, to: .seconds(60))
        }
        #expect(try await queue.delete(delivery.receipt))
        #expect(try await queue.isEmpty())
    }

    @Test("the reason given with a change of visibility reaches the next receiver", arguments: Backend.that(.reasons))
    func reason(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send("job")
        let first = try await queue.receiveOne()
        try await queue.changeVisibility(of: first.receipt, to: .zero, reason: "The audio is not there yet.")
        let second = try await queue.receiveOne()
        #expect(second.lastFailure == "The audio is not there yet.")
        try await queue.changeVisibility(of: second.receipt, to: .zero)
        #expect(try await queue.receiveOne().lastFailure == "The audio is not there yet.")
    }

    @Test("a batch of deletes answers for each receipt", arguments: Backend.available)
    func deleteBatch(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        let other = try await harness.queues.createQueue(named: "other", QueueConfiguration())
        for text in ["a", "b"] { try await queue.send(text) }
        try await other.send("c")
        let deliveries = try await queue.receive(maximum: 10)
        let foreign = try await other.receiveOne()
        let receipts = [deliveries[0].receipt, foreign.receipt, Receipt(handle: "nonsense"), deliveries[1].receipt]
        let deletions = try await queue.delete(receipts)
        #expect([deletions[0], deletions[2], deletions[3]] == [.deleted, .stale, .deleted])
        #expect(backend.isStale(deletions[1]))
        #expect(try await queue.statistics().total == 0)
        #expect(try await other.statistics().total == 1)
        await #expect(throws: QueueError.self) { try await queue.delete([]) }
    }

    @Test("limits of a receive are kept", arguments: Backend.available)
    func limits(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send("job")
        for (maximum, timeout, wait) in [
            (0, Duration.zero, Duration.zero), (11, .zero, .zero), (1, .seconds(-1), .zero),
            (1, .seconds(43_201), .zero),
            (1, .zero, .seconds(21)), (1, .zero, .seconds(-1)),
        ] {
            let error = await #expect(throws: QueueError.self) {
                try await queue.receive(maximum: maximum, visibilityTimeout: timeout, wait: wait)
            }
            #expect(error?.label == "out_of_range")
        }
        #expect(try await queue.receiveOne().receiveCount == 1)
    }

    @Test("no lease lasts longer than twelve hours from its delivery", arguments: Backend.that(.leaseEnds))
    func longest(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send("job")
        let receipt = try await queue.receiveOne(visibilityTimeout: .seconds(60)).receipt
        try await queue.changeVisibility(of: receipt, to: .seconds(43_200))
        try await harness.wait(.seconds(1))
        await #expect(throws: QueueError.self) { try await queue.changeVisibility(of: receipt, to: .seconds(43_200)) }
        try await queue.changeVisibility(of: receipt, to: .seconds(43_199))
        try await queue.changeVisibility(of: receipt, to: .zero)
        let next = try await queue.receiveOne().receipt
        try await queue.changeVisibility(of: next, to: .seconds(43_200))
    }
}
