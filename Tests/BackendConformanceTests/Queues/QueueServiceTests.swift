import Queueing
import SpeakModel
import Testing

@Suite("queues")
struct QueueServiceTests {
    @Test("a queue is created once, found, listed, configured and deleted", arguments: Backend.available)
    func lifeCycle(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queues = harness.queues
        let configuration = QueueConfiguration(visibilityTimeout: .seconds(45), delay: .seconds(2))
        let queue = try await queues.createQueue(named: "b-jobs", configuration)
        #expect(queue.name == "b-jobs")
        try await queues.createQueue(named: "b-jobs", configuration)
        await #expect(throws: QueueError.queueExists("b-jobs")) {
            try await queues.createQueue(named: "b-jobs", QueueConfiguration())
        }
        #expect(try await queue.configuration() == configuration)
        try await queues.createQueue(named: "a", QueueConfiguration())
        try await queues.createQueue(named: "b_2", QueueConfiguration())
        #expect(try await queues.queueNames(prefix: "") == ["a", "b-jobs", "b_2"])
        #expect(try await queues.queueNames(prefix: "b") == ["b-jobs", "b_2"])

        try await queues.deleteQueue(named: "b-jobs")
        #expect(try await queues.queueNames(prefix: "b") == ["b_2"])
        for call in [queues.deleteQueue(named:), { _ = try await queues.queue(named: $0) }] {
            await #expect(throws: QueueError.noSuchQueue("b-jobs")) { try await call("b-jobs") }
        }
        await #expect(throws: QueueError.noSuchQueue("b-jobs")) { try await queue.send("job") }
        await #expect(throws: QueueError.noSuchQueue("b-jobs")) { try await queue.receive() }
        await #expect(throws: QueueError.noSuchQueue("b-jobs")) { try await queue.statistics() }
    }

    @Test("a queue's tags are told alone", arguments: Backend.available)
    func tags(_ backend: Backend) async throws {
        let harness = try await backend.make()
        _ = try await harness.queue()
        let queues = harness.queues
        #expect(try await queues.tags(ofQueueNamed: "jobs") == [:])
        try await queues.tag(queueNamed: "jobs", ["speaktracker:paused": "true", "speaktracker:concurrency": "3"])
        #expect(
            try await queues.tags(ofQueueNamed: "jobs")
                == ["speaktracker:paused": "true", "speaktracker:concurrency": "3"])
        try await queues.tag(queueNamed: "jobs", ["speaktracker:paused": nil])
        #expect(try await queues.tags(ofQueueNamed: "jobs") == ["speaktracker:concurrency": "3"])
        await #expect(throws: QueueError.noSuchQueue("none")) { try await queues.tags(ofQueueNamed: "none") }
    }

    @Test("a queue's description has what it was told, when, and its tags", arguments: Backend.that(.policies))
    func description(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queues = harness.queues
        let policy = """
            {"Version":"2012-10-17","Id":"\\"b\\"","Statement":[{"Effect":"Deny","Principal":"*","Action":"sqs:*"}]}
            """
        var configuration = QueueConfiguration(
            receiveWait: .seconds(20), otherAttributes: ["Policy": policy, "KmsMasterKeyId": "가"])
        try await queues.createQueue(named: "jobs", configuration)
        let first = try await queues.description(ofQueueNamed: "jobs")
        #expect((first.name, first.configuration, first.tags) == ("jobs", configuration, [:]))
        #expect(first.createdAt == first.modifiedAt)
        #expect(first.createdAt.milliseconds > 0)

        try await queues.tag(queueNamed: "jobs", ["team": "speech", "stage": "test"])
        try await queues.tag(queueNamed: "jobs", ["team": nil, "none": nil, "stage": "live"])
        configuration.otherAttributes["Policy"] = nil
        try await queues.configure(queueNamed: "jobs") { $0.otherAttributes["Policy"] = nil }
        let second = try await queues.description(ofQueueNamed: "jobs")
        #expect((second.configuration, second.tags) == (configuration, ["stage": "live"]))
        #expect(second.createdAt == first.createdAt)
        #expect(second.modifiedAt >= first.modifiedAt)

        await #expect(throws: QueueError.noSuchQueue("none")) { try await queues.description(ofQueueNamed: "none") }
        await #expect(throws: QueueError.noSuchQueue("none")) { try await queues.tag(queueNamed: "none", [:]) }
        await #expect(throws: QueueError.self) {
            try await queues.createQueue(named: "other", QueueConfiguration(receiveWait: .seconds(21)))
        }
    }

    @Test("changes of a configuration at the same time are all kept", arguments: Backend.that(.atomicChanges))
    func changesTogether(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queues = harness.queues
        try await queues.createQueue(named: "jobs", QueueConfiguration())
        try await withThrowingTaskGroup { group in
            for number in 0..<50 {
                group.addTask {
                    try await queues.configure(queueNamed: "jobs") { $0.otherAttributes["\(number)"] = "kept" }
                    let seen = try await queues.description(ofQueueNamed: "jobs").configuration
                    #expect(seen.otherAttributes["\(number)"] == "kept")
                }
            }
            try await group.waitForAll()
        }
        let attributes = try await queues.description(ofQueueNamed: "jobs").configuration.otherAttributes
        #expect(attributes.count == 50)
    }

    @Test("a change that is refused changes nothing", arguments: Backend.available)
    func refusedChange(_ backend: Backend) async throws {
        struct Refusal: Error {}
        let harness = try await backend.make()
        let queues = harness.queues
        try await queues.createQueue(named: "jobs", QueueConfiguration())
        await #expect(throws: Refusal.self) {
            try await queues.configure(queueNamed: "jobs") {
                $0.delay = .seconds(1)
                throw Refusal()
            }
        }
        await #expect(throws: QueueError.self) {
            try await queues.configure(queueNamed: "jobs") { $0.delay = .seconds(901) }
        }
        #expect(try await queues.description(ofQueueNamed: "jobs").configuration == QueueConfiguration())
        await #expect(throws: QueueError.noSuchQueue("none")) {
            try await queues.configure(queueNamed: "none") { _ in }
        }
    }

    @Test("a receipt is known by its form, stale or not", arguments: Backend.that(.receiptForms))
    func receipts(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send("job")
        let receipt = try await queue.receiveOne().receipt
        #expect(queue.isReceipt(receipt))
        try await queue.delete(receipt)
        #expect(queue.isReceipt(receipt))
        for text in ["", "nonsense", String(receipt.handle.dropLast()), receipt.handle + "0"] {
            #expect(!queue.isReceipt(Receipt(handle: text)), "\(text)")
        }
    }

    @Test("a queue created again under its name is empty", arguments: Backend.available)
    func createdAgain(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        try await queue.send("job")
        let delivery = try await queue.receiveOne()
        try await harness.queues.deleteQueue(named: "jobs")
        _ = try await harness.queue()
        #expect(try await queue.statistics().total == 0)
        #expect(try await queue.delete([delivery.receipt]).allSatisfy(backend.isStale))
        try await harness.wait(.seconds(60))
        #expect(try await queue.isEmpty())
    }

    @Test("bad names and configurations are refused", arguments: Backend.available)
    func refusals(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queues = harness.queues
        for name in ["", "a b", "../x", "작업", String(repeating: "a", count: 81)] {
            await #expect(throws: QueueError.self) { try await queues.createQueue(named: name, QueueConfiguration()) }
        }
        for configuration in [
            QueueConfiguration(visibilityTimeout: .seconds(43_201)), QueueConfiguration(delay: .seconds(901)),
            QueueConfiguration(retentionPeriod: .seconds(59)), QueueConfiguration(maximumMessageBytes: 1023),
            QueueConfiguration(redrivePolicy: RedrivePolicy(deadLetterQueueName: "jobs", maximumReceiveCount: 1)),
        ] {
            let error = await #expect(throws: QueueError.self) {
                try await queues.createQueue(named: "jobs", configuration)
            }
            #expect(error?.label == "out_of_range")
        }
        let policy = RedrivePolicy(deadLetterQueueName: "nowhere", maximumReceiveCount: 1)
        await #expect(throws: QueueError.noSuchQueue("nowhere")) {
            try await queues.createQueue(named: "jobs", QueueConfiguration(redrivePolicy: policy))
        }
        #expect(try await harness.queues.queueNames(prefix: "") == [])
    }

    @Test("a purge removes everything, and what is sent later stays", arguments: Backend.available)
    func purge(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        for text in ["leased", "visible"] { try await queue.send(text) }
        try await queue.send("delayed", delay: .seconds(10))
        let delivery = try await queue.receiveOne()
        try await queue.purge()
        try await queue.send("new")
        #expect(try await queue.delete([delivery.receipt]).allSatisfy(backend.isStale))
        try await harness.wait(.seconds(60))
        #expect(try await queue.receive(maximum: 10).map(\.text) == ["new"])
        #expect(try await queue.statistics().total == 1)
    }

    @Test("the figures say what is visible, in flight and delayed, and how old", arguments: Backend.available)
    func statistics(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue(QueueConfiguration(visibilityTimeout: .seconds(30)))
        let empty = QueueStatistics(visible: 0, inFlight: 0, delayed: 0, ageOfOldest: nil)
        #expect(try await queue.statistics() == empty)

        try await queue.send("leased")
        try await harness.wait(.seconds(5))
        for _ in 0..<3 { try await queue.send("visible") }
        for _ in 0..<2 { try await queue.send("delayed", delay: .seconds(600)) }
        _ = try await queue.receiveOne()
        try await harness.wait(.seconds(2))
        let figures = QueueStatistics(visible: 3, inFlight: 1, delayed: 2, ageOfOldest: .seconds(2))
        #expect(try await queue.statistics() == backend.known(figures))
        #expect(figures.total == 6)

        try await harness.wait(.seconds(30))
        let later = QueueStatistics(visible: 4, inFlight: 0, delayed: 2, ageOfOldest: .seconds(37))
        #expect(try await queue.statistics() == backend.known(later))
    }

    @Test("peeking shows the oldest first, leases nothing and counts nothing", arguments: Backend.available)
    func peek(_ backend: Backend) async throws {
        let harness = try await backend.make()
        let queue = try await harness.queue()
        for text in ["a", "b", "c"] { try await queue.send(text) }
        #expect(try await queue.peek(maximum: 2).map(\.text) == ["a", "b"])
        let first = try #require(try await queue.peek(maximum: 1).first)
        #expect(first.receiveCount == 0 || !backend.can(.uncountedPeeks))
        #expect(first.sourceQueueName == nil)
        let counts = try await queue.receive(maximum: 10).map(\.receiveCount)
        #expect(counts.count == 3)
        #expect(counts.reduce(0, +) == (backend.can(.uncountedPeeks) ? 3 : 6))
        #expect(try await queue.peek(maximum: 0).isEmpty)
    }
}
