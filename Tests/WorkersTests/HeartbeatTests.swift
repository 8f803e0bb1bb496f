import Documents
import EmbeddedBackend
import Foundation
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
            ObservedQueue(queue: queue) { extending.yield($0) }, lease: .seconds(9))
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

    @Test(
        "leases are extended while handlers compute on more threads than there are processors", .timeLimit(.minutes(1)))
    func busy() async throws {
        let bench = try await Bench()
        let beats = Beats()
        let queue = try await bench.folder.queues.queue(named: JobQueue.statistics.name)
        let source = try await WorkQueue(ObservedQueue(queue: queue) { _ in beats.beat() }, lease: .seconds(9))
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, job in
                    guard beats.hasBeaten() else { throw JobFailure.giveUp(reason: "No lease was extended.") }
                    return Outcome(plan: { _, _ in [count(job.id)] })
                }
            ]))
        let jobs = (0...ProcessInfo.processInfo.activeProcessorCount).map { "j\($0)" }
        for job in jobs { try await bench.enqueuer.enqueue(scripted(job)) }
        let deliveries = try await queue.receive(maximum: 10, visibilityTimeout: .seconds(12))
        try await withThrowingTaskGroup { group in
            for delivery in deliveries { group.addTask { try await runner.run(delivery, from: source) } }
            try await group.waitForAll()
        }
        for delivery in deliveries {
            let id = try JobDocument(parsing: delivery.body).id
            #expect(try await bench.count(of: id) == 1)
        }
    }

    @Test("a lease ends in time although an extension of it is not answered", .timeLimit(.minutes(1)))
    func silence() async throws {
        let bench = try await Bench()
        let (answers, answering) = AsyncStream.makeStream(of: Void.self)
        let queue = try await bench.folder.queues.queue(named: JobQueue.statistics.name)
        let source = try await WorkQueue(
            ObservedQueue(queue: queue) { _ in for await _ in answers {} }, lease: .milliseconds(300))
        let events = Events()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    try await Task.sleep(for: .seconds(600))
                    return Outcome(plan: { _, _ in [count("done")] })
                }
            ]), events: events.note)
        try await bench.enqueuer.enqueue(scripted("j"))
        let delivery = try #require(try await queue.receive(maximum: 1).first)
        let running = Task { try await runner.run(delivery, from: source) }
        await events.wait(for: .leaseLost)
        answering.finish()
        try await running.value
        #expect(try await bench.count(of: "done") == 0)
        #expect(try await bench.status(of: "j")["open_attempt"] == nil)
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
                    return Outcome(plan: { _, _ in [count("done")] })
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

/// Extensions of leases, for threads that wait for one without giving way.
private final class Beats: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func beat() { for _ in 0..<100 { semaphore.signal() } }

    func hasBeaten() -> Bool { semaphore.wait(timeout: .now() + 20) == .success }
}
