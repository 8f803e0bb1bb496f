import Documents
import EmbeddedBackend
import JSON
import Queueing
import SpeakModel
import Testing
import Workers

@Suite struct HeartbeatTests {
    @Test("a lease is extended for as long as its job lives, and no longer", .timeLimit(.minutes(1)))
    func extends() async throws {
        let bench = try await Bench()
        let (extensions, extending) = AsyncStream<Duration>.makeStream()
        let configuration = QueueConfiguration(visibilityTimeout: .milliseconds(200))
        let queue = try await bench.folder.queues.createQueue(named: "short", configuration)
        let source = try await WorkQueue(
            ObservedQueue(queue: queue) { extending.yield($0) }, lease: .milliseconds(200))
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    var count = 0
                    for await _ in extensions {
                        count += 1
                        if count == 3 { break }
                    }
                    return Outcome(result: ["extensions": .number(count)])
                }
            ]))
        try await queue.send(OutgoingMessage(body: scripted("slow").json.utf8))
        let delivery = try #require(try await source.queue.receive(maximum: 1).first)
        try await runner.run(delivery, from: source)
        #expect(try await bench.status(of: "slow")["result"] == ["extensions": 3])
        #expect(try await queue.statistics().total == 0)
    }

    @Test("a job whose lease is lost is ended, and nothing of it is committed or acknowledged", .timeLimit(.minutes(1)))
    func lost() async throws {
        let bench = try await Bench()
        let (failures, failing) = AsyncStream<Void>.makeStream()
        let queue = try await bench.folder.queues.createQueue(
            named: "short", QueueConfiguration(visibilityTimeout: .milliseconds(200)))
        let source = try await WorkQueue(
            ObservedQueue(queue: queue) { _ in
                failing.yield()
                throw QueueError.leaseLost(nil)
            }, lease: .milliseconds(200))
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    for await _ in failures { break }
                    // It ends when it is cancelled.
                    try await Task.sleep(for: .seconds(600))
                    return Outcome(plan: { _ in [count("done")] })
                }
            ]))
        try await queue.send(OutgoingMessage(body: scripted("slow").json.utf8))
        try await runner.run(try #require(try await source.queue.receive(maximum: 1).first), from: source)
        #expect(try await bench.count(of: "done") == 0)
        #expect(try await queue.statistics().total == 1)
        let row = try await bench.status(of: "slow")
        #expect(row["status"] == "PENDING" && row["attempts"] == 0 && row["open_attempt"] == nil)
    }
}

/// A queue that tells when a lease changes, before it does.
private struct ObservedQueue: MessageQueue {
    let queue: any MessageQueue
    let leaseChanges: @Sendable (Duration) throws -> Void

    var name: String { queue.name }

    func send(_ messages: [OutgoingMessage]) async throws -> [SentMessage] { try await queue.send(messages) }
    func receive(
        maximum: Int, visibilityTimeout: Duration?, wait: Duration, attempt: String?
    ) async throws -> [Delivery] {
        try await queue.receive(
            maximum: maximum, visibilityTimeout: visibilityTimeout, wait: wait, attempt: attempt)
    }
    func changeVisibility(of receipt: Receipt, to timeout: Duration, reason: String?) async throws {
        try leaseChanges(timeout)
        try await queue.changeVisibility(of: receipt, to: timeout, reason: reason)
    }
    func delete(_ receipts: [Receipt]) async throws -> [Deletion] { try await queue.delete(receipts) }
    func isReceipt(_ receipt: Receipt) -> Bool { queue.isReceipt(receipt) }

    func deadLetter(_ delivery: Delivery, _ report: FailureReport) async throws {
        try await queue.deadLetter(delivery, report)
    }
    func peek(maximum: Int) async throws -> [MessageSummary] { try await queue.peek(maximum: maximum) }
    func purge() async throws { try await queue.purge() }
    func configuration() async throws -> QueueConfiguration { try await queue.configuration() }
    func statistics() async throws -> QueueStatistics { try await queue.statistics() }
}
