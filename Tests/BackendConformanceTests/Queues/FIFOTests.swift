import Queueing
import SpeakModel
import TestSupport
import Testing

extension Harness {
    fileprivate func fifo(_ settings: FIFOSettings = FIFOSettings(), delay: Duration = .zero) async throws
        -> any MessageQueue
    {
        try await queues.createQueue(
            named: "jobs.fifo",
            QueueConfiguration(
                visibilityTimeout: .seconds(60), delay: delay, retentionPeriod: .seconds(3600), fifo: settings)
        )
    }
}

extension MessageQueue {
    @discardableResult
    fileprivate func send(_ text: String, group: String, id: String? = nil) async throws -> SentMessage {
        try await send([OutgoingMessage(body: Array(text.utf8), group: group, deduplicationID: id ?? text)])[0]
    }
}

@Suite("FIFO queues")
struct FIFOTests {
    @Test("a repeated id is the same message for five minutes, then another", arguments: Backend.that(.fifo))
    func deduplication(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.fifo()
        let first = try await queue.send("job", group: "a")
        #expect(try await queue.send("job", group: "b") == first)
        try await harness.wait(.milliseconds(299_999))
        #expect(try await queue.send("job", group: "a") == first)
        #expect(try await queue.receive(maximum: 10).map(\.text) == ["job"])
        try await harness.wait(.milliseconds(1))
        let second = try await queue.send("job", group: "b")
        #expect(second.id != first.id)
        #expect(try #require(second.sequenceNumber) > #require(first.sequenceNumber))
        #expect(try await queue.receive(maximum: 10).map(\.systemAttributes["MessageGroupId"]) == ["b"])
    }

    @Test("a group waits while its lease lasts, and goes on where it was", arguments: Backend.that(.fifo))
    func leases(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.fifo()
        for text in ["1", "2", "3"] { try await queue.send(text, group: "a") }
        #expect(try await queue.receive(maximum: 2).map(\.text) == ["1", "2"])
        try await harness.wait(.milliseconds(59_999))
        #expect(try await queue.isEmpty())
        try await harness.wait(.milliseconds(1))
        let again = try await queue.receive(maximum: 1)
        #expect(again.map(\.text) == ["1"])
        #expect(again.map(\.receiveCount) == [2])
    }

    @Test("a lease that has ended deletes nothing while its message is there", arguments: Backend.that(.fifo))
    func lateDelete(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.fifo()
        try await queue.send("1", group: "a")
        let late = try await queue.receiveOne().receipt
        try await harness.wait(.seconds(60))
        #expect(try await queue.delete([late]) == [.expired])
        let current = try await queue.receiveOne().receipt
        #expect(try await queue.delete([late, current]) == [.expired, .deleted])
        #expect(try await queue.delete([late, current]).allSatisfy(backend.isStale))
    }

    @Test("a purge forgets what was sent", arguments: Backend.that(.fifo))
    func purge(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.fifo()
        let first = try await queue.send("job", group: "a")
        try await queue.purge()
        #expect(try await queue.send("job", group: "a").id != first.id)
        #expect(try await queue.receive(maximum: 10).map(\.text) == ["job"])
    }

    @Test("a receive of the same name brings the same messages, once more leased", arguments: Backend.that(.fifo))
    func attempts(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.fifo()
        for text in ["1", "2", "3"] { try await queue.send(text, group: "a") }
        func receive(_ attempt: String?) async throws -> [Delivery] {
            try await queue.receive(maximum: 2, visibilityTimeout: nil, wait: .zero, attempt: attempt)
        }
        let first = try await receive("x")
        try await harness.wait(.seconds(30))
        #expect(try await receive("x") == first)
        #expect(try await receive("y").isEmpty)
        #expect(try await receive(nil).isEmpty)
        // The lease counts from the second time.
        try await harness.wait(.seconds(59))
        #expect(try await receive("y").isEmpty)
        #expect(try await receive("x") == first)

        // Once a message is deleted, the name means another receive.
        try await queue.delete(first[0].receipt)
        #expect(try await receive("x").isEmpty)
        try await queue.delete(first[1].receipt)
        #expect(try await receive("x").map(\.text) == ["3"])
        // And once the leases have ended.
        try await harness.wait(.seconds(60))
        let again = try await receive("x")
        #expect(again.map(\.receiveCount) == [2])
        try await queue.changeVisibility(of: again[0].receipt, to: .seconds(10))
        #expect(try await receive("x").isEmpty)
    }

    @Test("a queue's delay holds for each message", arguments: Backend.that(.fifo))
    func delay(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.fifo(delay: .seconds(10))
        try await queue.send("1", group: "a")
        try await harness.wait(.seconds(6))
        try await queue.send("2", group: "a")
        try await harness.wait(.seconds(4))
        let first = try await queue.receive(maximum: 10)
        #expect(first.map(\.text) == ["1"])
        try await queue.delete(first[0].receipt)
        #expect(try await queue.isEmpty())
        try await harness.wait(.seconds(6))
        #expect(try await queue.receive(maximum: 10).map(\.text) == ["2"])
    }

    @Test("a group goes on after its first messages grew too old", arguments: Backend.that(.fifo))
    func retention(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.fifo()
        try await queue.send("old", group: "a")
        try await queue.send("alone", group: "b")
        try await harness.wait(.seconds(3599))
        try await queue.send("young", group: "a")
        try await harness.wait(.seconds(1))
        #expect(try await queue.receive(maximum: 10).map(\.text) == ["young"])
        try await queue.send("new", group: "b")
        #expect(try await queue.receive(maximum: 10).map(\.text) == ["new"])
    }

    @Test("what a FIFO queue needs is demanded, and settings are kept", arguments: Backend.that(.fifo))
    func demands(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let settings = FIFOSettings(
            deduplicatesByContent: true, deduplicationScope: .messageGroup, throughputLimit: .perMessageGroupId)
        let queue = try await harness.fifo(settings)
        #expect(try await queue.configuration().fifo == settings)
        let body = Array("x".utf8)
        for message in [OutgoingMessage(body: body), OutgoingMessage(body: body, delay: .seconds(1), group: "a")] {
            await #expect(throws: QueueError.self) { try await queue.send(message) }
        }
        try await queue.send(OutgoingMessage(body: body, group: "a"))
        for (name, fifo) in [("jobs", settings), ("other.fifo", nil)] as [(String, FIFOSettings?)] {
            await #expect(throws: QueueError.self) {
                try await harness.queues.createQueue(named: name, QueueConfiguration(fifo: fifo))
            }
        }
    }

    /// What a FIFO queue promises, in the plainest way.
    private struct Model {
        var groups: [String: [(text: String, until: Int64)]] = [:]
        var receipts: [String: Receipt] = [:]

        /// Checks a delivery against what may come now.
        mutating func deliver(_ deliveries: [Delivery], now: Int64, until: Int64) -> Bool {
            var ready = groups.filter { $0.value.allSatisfy { $0.until <= now } }
            for delivery in deliveries {
                let group = delivery.systemAttributes["MessageGroupId"] ?? ""
                guard let first = ready[group]?.first, first.text == delivery.text else { return false }
                ready[group]?.removeFirst()
                if let place = groups[group]?.firstIndex(where: { $0.text == delivery.text }) {
                    groups[group]?[place].until = until
                }
                receipts[delivery.text] = delivery.receipt
            }
            return true
        }

        func readyCount(now: Int64) -> Int {
            groups.values.filter { $0.allSatisfy { $0.until <= now } }.reduce(0) { $0 + $1.count }
        }
    }

    @Test("random calls do what a plain model does", arguments: Backend.that(.fifo), [1, 2, 3] as [UInt64])
    func random(_ backend: Backend, seed: UInt64) async throws {
        let harness = try await backend.make()
        let queue = try await harness.fifo()
        var generator = SeededGenerator(seed: seed)
        var model = Model()
        for step in 0..<600 {
            let now = harness.now().milliseconds
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4:
                let group = String(Int.random(in: 0..<5, using: &generator))
                let text = "\(group)-\(step)"
                try await queue.send(text, group: group)
                model.groups[group, default: []].append((text, 0))
            case 4..<7:
                let maximum = Int.random(in: 1...10, using: &generator)
                let timeout = Duration.seconds(Int.random(in: 0...20, using: &generator))
                let expected = min(maximum, model.readyCount(now: now))
                let deliveries = try await queue.receive(maximum: maximum, visibilityTimeout: timeout)
                #expect(deliveries.count == expected, "step \(step)")
                let until = now + timeout.components.seconds * 1000
                let isRight = model.deliver(deliveries, now: now, until: until)
                try #require(isRight, "step \(step)")
            case 7:
                guard let (text, receipt) = model.receipts.randomElement(using: &generator) else { continue }
                let isHeld = model.groups.values.joined().contains { $0.text == text && $0.until > now }
                let deletion = try await queue.delete([receipt])
                #expect(deletion == [isHeld ? .deleted : .expired], "step \(step)")
                if !isHeld { continue }
                model.receipts[text] = nil
                for group in model.groups.keys { model.groups[group]?.removeAll { $0.text == text } }
            case 8:
                guard let (text, receipt) = model.receipts.randomElement(using: &generator) else { continue }
                let seconds = Int64.random(in: 0...20, using: &generator)
                let isHeld = model.groups.values.joined().contains { $0.text == text && $0.until > now }
                do {
                    try await queue.changeVisibility(of: receipt, to: .seconds(seconds))
                    #expect(isHeld, "step \(step)")
                } catch QueueError.leaseLost {
                    #expect(!isHeld, "step \(step)")
                    continue
                }
                for (group, messages) in model.groups {
                    if let place = messages.firstIndex(where: { $0.text == text }) {
                        model.groups[group]?[place].until = now + seconds * 1000
                    }
                }
            default: try await harness.wait(.seconds(Int.random(in: 1...15, using: &generator)))
            }
        }
        #expect(model.groups.count == 5)
    }
}
