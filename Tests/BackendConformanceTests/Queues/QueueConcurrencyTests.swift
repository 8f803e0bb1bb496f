import Queueing
import Synchronization
import TestSupport
import Testing

/// What is true whoever sends, receives, finishes, gives back or dies at the same time.
@Suite("many at once")
struct QueueConcurrencyTests {
    /// What the receivers know together, and check at every step.
    private final class Ledger: Sendable {
        struct State {
            var sent: Set<MessageID> = []
            var seen: Set<MessageID> = []
            var held: Set<MessageID> = []
            var deleted: Set<MessageID> = []
        }

        let state = Mutex(State())

        func received(_ id: MessageID) {
            let (isFree, isDeleted) = state.withLock { state in
                state.seen.insert(id)
                return (state.held.insert(id).inserted, state.deleted.contains(id))
            }
            #expect(isFree, "delivered to two receivers at the same time")
            #expect(!isDeleted, "delivered after it was deleted")
        }

        func releases(_ id: MessageID) { state.withLock { $0.held.subtract([id]) } }
    }

    @Test(
        "all that was sent is seen, nothing deleted returns, nobody shares a message",
        arguments: Backend.that(.isolation), [1, 2, 3] as [UInt64])
    func property(_ backend: Backend, _ seed: UInt64) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(visibilityTimeout: .seconds(30)))
        let ledger = Ledger()
        for phase in 0..<3 as Range<UInt64> {
            try await withThrowingTaskGroup { group in
                for worker in 0..<4 as Range<UInt64> {
                    let generator = SeededGenerator(seed: seed << 32 | phase << 8 | worker)
                    group.addTask { try await sendSome(to: queue, ledger, generator) }
                    group.addTask { try await receiveSome(from: queue, ledger, generator) }
                }
                try await group.waitForAll()
            }
            // The leases of those who died end.
            try await harness.wait(.seconds(30))
            ledger.state.withLock { $0.held = [] }
        }
        try await drain(queue, ledger)
        let state = ledger.state.withLock { $0 }
        #expect(state.sent.count > 100)
        #expect(state.seen == state.sent)
        #expect(state.deleted == state.sent)
        #expect(try await queue.statistics().total == 0)
    }

    private func sendSome(to queue: any MessageQueue, _ ledger: Ledger, _ generator: SeededGenerator) async throws {
        var generator = generator
        for _ in 0..<10 {
            let count = Int.random(in: 1...10, using: &generator)
            let ids = try await queue.send((0..<count).map { OutgoingMessage(body: Array("\($0)".utf8)) })
            ledger.state.withLock { $0.sent.formUnion(ids.map(\.id)) }
        }
    }

    private func receiveSome(
        from queue: any MessageQueue, _ ledger: Ledger, _ generator: SeededGenerator
    ) async throws {
        var generator = generator
        for _ in 0..<30 {
            for delivery in try await queue.receive(maximum: Int.random(in: 1...10, using: &generator)) {
                ledger.received(delivery.id)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: break  // dies
                case 1:
                    ledger.releases(delivery.id)
                    try await queue.changeVisibility(of: delivery.receipt, to: .zero)
                default: try await finish(delivery, queue, ledger)
                }
            }
        }
    }

    private func finish(_ delivery: Delivery, _ queue: any MessageQueue, _ ledger: Ledger) async throws {
        #expect(try await queue.delete(delivery.receipt))
        ledger.state.withLock { state in
            state.held.remove(delivery.id)
            state.deleted.insert(delivery.id)
        }
    }

    private func drain(_ queue: any MessageQueue, _ ledger: Ledger) async throws {
        while true {
            let deliveries = try await queue.receive(maximum: 10)
            if deliveries.isEmpty { return }
            for delivery in deliveries {
                ledger.received(delivery.id)
                try await finish(delivery, queue, ledger)
            }
        }
    }
}
