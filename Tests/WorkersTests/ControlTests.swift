import Documents
import EmbeddedBackend
import Logging
import Queueing
import ServiceLifecycle
import SpeakModel
import Synchronization
import Testing
import Workers

/// What an operator can tell a worker while it runs.
@Suite struct ControlTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let queue = JobQueue.statistics

    private func tell(_ bench: Bench, _ controls: QueueControls) async throws {
        try await bench.folder.queues.tag(queueNamed: queue.name, controls.tags)
    }

    private func worker(
        _ bench: Bench, _ runner: JobRunner, stopsWhenEmpty: Bool = false
    ) async throws -> ServiceGroup {
        let worker = Worker(
            sources: [try await bench.source(queue)], runner: runner, stopsWhenEmpty: stopsWhenEmpty,
            controlInterval: .milliseconds(20))
        return ServiceGroup(
            configuration: .init(
                services: [.init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup)], logger: quiet)
        )
    }

    @Test("a paused queue's jobs are not begun, and are when it is resumed", .timeLimit(.minutes(1)))
    func pause() async throws {
        let bench = try await Bench()
        let events = Events()
        let begun = Mutex(0)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let (first, beginning) = AsyncStream.makeStream(of: Void.self)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, job in
                    begun.withLock { $0 += 1 }
                    if job.id == "first" {
                        beginning.finish()
                        for await _ in gate {}
                    }
                    return Outcome(plan: { _, _ in [count(job.id)] })
                }
            ]), settings: .with(concurrency: 1), events: events.note)
        try await bench.enqueuer.enqueue(scripted("first"))
        let group = try await worker(bench, runner)
        let running = Task { try await group.run() }
        for await _ in first {}
        try await tell(bench, QueueControls(isPaused: true))
        try await bench.enqueuer.enqueue(scripted("second"))
        opening.finish()
        await events.wait(for: .completed)
        #expect(try await bench.count(of: "first") == 1, "what was begun is finished")
        // A delivery that came before the pause was read goes back.
        #expect(try await eventually { try await bench.statistics(of: queue.name).visible == 1 })

        try await tell(bench, QueueControls())
        await events.wait(for: .completed, count: 2)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(begun.withLock { $0 } == 2)
    }

    @Test("a worker that starts on a paused queue begins nothing; one that waits for emptiness returns")
    func startsPaused() async throws {
        let bench = try await Bench()
        try await tell(bench, QueueControls(isPaused: true))
        try await bench.enqueuer.enqueue(scripted("j"))
        let runner = bench.runner(HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]))
        try await worker(bench, runner, stopsWhenEmpty: true).run()
        #expect(try await bench.statistics(of: queue.name).visible == 1)
        #expect(try await bench.status(of: "j")["status"] == "PENDING")
    }

    @Test("the concurrency is what the tag says from then on", .timeLimit(.minutes(1)))
    func concurrency() async throws {
        let bench = try await Bench()
        let working = Mutex((now: 0, most: 0))
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    working.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                    await Task { for await _ in gate {} }.value
                    working.withLock { $0.now -= 1 }
                    return Outcome()
                }
            ]), settings: .with(concurrency: 1))
        for id in 0..<8 { try await bench.enqueuer.enqueue(scripted("j\(id)")) }
        let group = try await worker(bench, runner)
        let running = Task { try await group.run() }
        #expect(try await eventually { working.withLock { $0.now } == 1 })
        try await tell(bench, QueueControls(concurrency: 5))
        #expect(try await eventually { working.withLock { $0.now } == 5 })
        try await tell(bench, QueueControls())
        opening.finish()
        #expect(try await eventually { try await bench.statistics(of: queue.name).total == 0 })
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(working.withLock { $0.most } == 5)
    }

    @Test("one student's thousand jobs do not keep another student waiting", .timeLimit(.minutes(2)))
    func fairness() async throws {
        let bench = try await Bench()
        let order = Mutex<[String]>([])
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { payload, _ in
                    order.withLock { $0.append(payload.studentEmail ?? "") }
                    return Outcome()
                }
            ]), settings: .with(concurrency: 12))
        func enqueue(_ id: String, _ student: String) async throws {
            try await bench.enqueuer.enqueue(
                JobDocument(id: id, payload: StatisticsAggregate(date: "2026-01-05", studentEmail: student)))
        }
        for index in 0..<1000 { try await enqueue("noisy-\(index)", "noisy@example.com") }
        for index in 0..<5 { try await enqueue("quiet-\(index)", "quiet@example.com") }
        let group = try await worker(bench, runner, stopsWhenEmpty: true)
        try await group.run()
        let done = order.withLock { $0 }
        #expect(done.count == 1005)
        let last = try #require(done.lastIndex(of: "quiet@example.com"))
        #expect(last < 200, "the quiet student's last job was number \(last)")
    }
}
