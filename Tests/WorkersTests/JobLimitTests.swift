import Documents
import EmbeddedBackend
import JSON
import Queueing
import SpeakModel
import Synchronization
import Testing
import Workers

/// What bounds a job: the time of an attempt, its age, its attempts, the rate of its kind.
@Suite struct JobLimitTests {
    private let queue = JobQueue.statistics

    @Test(
        "an attempt that takes too long is ended, and tried again until attempts are used up", .timeLimit(.minutes(1)))
    func timeout() async throws {
        let bench = try await Bench()
        let events = Events()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    try await Task.sleep(for: .seconds(600))
                    return Outcome()
                }
            ]),
            settings: .with {
                $0.timeout = .milliseconds(50)
                $0.attempts = 2
            }, events: events.note)
        try await bench.enqueuer.enqueue(scripted("j"))
        #expect(try await bench.runNext(runner))
        var row = try await bench.status(of: "j")
        #expect(row["status"] == "PENDING" && row["failure"] == "timed_out" && row["attempts"] == 1)
        bench.clock.advance(by: .seconds(300))
        #expect(try await bench.runNext(runner))
        row = try await bench.status(of: "j")
        #expect(row["status"] == "FAILED" && row["failure"] == "timed_out" && row["attempts"] == 2)
        #expect(
            row["error"] == "An attempt took longer than the 0.05 s that a statistics.aggregate may take.")
        #expect(events.outcomes == [.timedOut, .failed])
        let letter = try #require(try await bench.deadLetters().first)
        #expect(FailureReport(letter.attributes)?.failure == "timed_out")
    }

    @Test("a handler that cannot be ended gives its job back and its process up", .timeLimit(.minutes(1)))
    func stuck() async throws {
        let bench = try await Bench()
        let stuck = Mutex<[JobKind]>([])
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    await Task { for await _ in gate {} }.value
                    return Outcome(plan: { _, _ in [count("late")] })
                }
            ]), settings: .with { $0.timeout = .milliseconds(50) }, grace: .milliseconds(50),
            onStuckJob: { kind in stuck.withLock { $0.append(kind) } })
        try await bench.enqueuer.enqueue(scripted("j"))
        #expect(try await bench.runNext(runner))
        #expect(stuck.withLock { $0 } == [.statisticsAggregate])
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "PENDING" && row["failure"] == "timed_out" && row["open_attempt"] == nil)
        opening.finish()
        #expect(try await bench.count(of: "late") == 0)
    }

    @Test("a job older than its deadline is dropped when it is begun, and counted apart")
    func deadline() async throws {
        let bench = try await Bench()
        let events = Events()
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, job in Outcome(plan: { _, _ in [count(job.id)] }) }]),
            settings: .with { $0.deadline = .seconds(60) }, events: events.note)
        for id in ["stale", "fresh"] {
            try await bench.enqueuer.enqueue(scripted(id))
            bench.clock.advance(by: .seconds(45))
        }
        while try await bench.runNext(runner) {}
        #expect(events.outcomes == [.expired, .completed])
        let row = try await bench.status(of: "stale")
        #expect(row["status"] == "FAILED" && row["failure"] == "expired")
        #expect(
            row["error"] == "The job waited longer than the 60 s that a statistics.aggregate is worth doing in.")
        #expect(try await bench.count(of: "stale") == 0)
        #expect(try await bench.statistics(of: queue.name).total == 0)
        #expect(try await bench.deadLetters().isEmpty)
    }

    @Test("a dead letter tells how its last attempt failed, beside what its sender gave it")
    func report() async throws {
        let bench = try await Bench()
        struct Unforeseen: Error { let detail = "disk on fire" }
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in throw Unforeseen() }]), settings: .with { $0.attempts = 1 },
            worker: WorkerIdentity(host: "worker-7", processID: 1))
        try await bench.folder.queues.queue(named: queue.name).send(
            OutgoingMessage(body: scripted("j").json.utf8, attributes: ["trace": .string("t-1")]))
        #expect(try await bench.runNext(runner))
        let letter = try #require(try await bench.deadLetters().first)
        #expect(letter.attributes["trace"] == .string("t-1"))
        let report = try #require(FailureReport(letter.attributes))
        #expect(report.failure == "failed" && report.host == "worker-7" && report.attempts == 1)
        #expect(report.stack?.contains("disk on fire") == true)
        #expect(report.reason == letter.lastFailure)
    }

    @Test("a kind's rate is kept: what is too early comes again later, and no attempt is counted")
    func rate() async throws {
        let bench = try await Bench()
        let events = Events()
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]), settings: .with { $0.ratePerSecond = 0.01 },
            events: events.note)
        for id in 1...3 { try await bench.enqueuer.enqueue(scripted("j\(id)")) }
        while try await bench.runNext(runner) {}
        #expect(events.outcomes == [.completed, .rateLimited, .rateLimited])
        // Tokens come by this machine's steady clock, which a test cannot turn: a hundred seconds each. They ask sooner.
        #expect(try await bench.runNext(runner) == false)
        bench.clock.advance(by: .seconds(30))
        while try await bench.runNext(runner) {}
        #expect(events.outcomes.dropFirst(3) == [.rateLimited, .rateLimited])
        #expect(try await bench.status(of: "j3")["attempts"] == nil)
    }

    @Test("a job that is not worked on uses up nothing of its kind's rate")
    func unusedRate() async throws {
        let bench = try await Bench()
        let events = Events()
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]),
            settings: .with {
                $0.ratePerSecond = 0.01
                $0.deadline = .seconds(60)
            }, events: events.note)
        try await bench.enqueuer.enqueue(scripted("stale"))
        bench.clock.advance(by: .seconds(61))
        try await bench.enqueuer.enqueue(scripted("fresh"))
        while try await bench.runNext(runner) {}
        #expect(events.outcomes == [.expired, .completed])
    }
}
