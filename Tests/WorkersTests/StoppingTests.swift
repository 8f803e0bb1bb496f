import Documents
import EmbeddedBackend
import Logging
import Queueing
import ServiceLifecycle
import SpeakModel
import Synchronization
import Testing
import Workers

/// What a worker leaves behind when it is told to stop, and what it does with what it cannot finish.
@Suite struct StoppingTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test("jobs that cannot finish in time go back at once, and no attempt is counted", .timeLimit(.minutes(1)))
    func handsBack() async throws {
        let bench = try await Bench()
        let events = Events()
        let begun = Events()
        let handler = ScriptedHandler { _, _ in
            begun.note(JobEvent(outcome: .completed, kind: nil, queue: "", duration: .zero, attempt: 0))
            try await Task.sleep(for: .seconds(600))
            return Outcome()
        }
        for id in 1...3 { try await bench.enqueuer.enqueue(scripted("j\(id)")) }
        let worker = Worker(
            sources: [try await bench.source(.statistics)],
            runner: bench.runner(
                HandlerRegistry([handler]), settings: .with(concurrency: 2), grace: .milliseconds(100),
                events: events.note),
            stopsWhenEmpty: false, stopWithin: .milliseconds(400))
        let group = ServiceGroup(services: [worker], logger: quiet)
        let running = Task { try await group.run() }
        await begun.wait(for: .completed, count: 2)
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(events.outcomes == [.handedBack, .handedBack])
        let figures = try await bench.statistics(of: JobQueue.statistics.name)
        #expect(figures.visible == 3 && figures.inFlight == 0)
        for id in ["j1", "j2"] {
            let row = try await bench.status(of: id)
            #expect(row["status"] == "PENDING" && row["attempts"] == 0 && row["open_attempt"] == nil)
            #expect(row["error"] == nil && row["failure"] == nil)
        }
        // The next worker sees no death in it.
        let next = bench.runner(HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]))
        while try await bench.runNext(next) {}
        for id in ["j1", "j2", "j3"] {
            let row = try await bench.status(of: id)
            #expect(row["status"] == "COMPLETED" && row["attempts"] == 1 && row["deaths"] == nil)
        }
    }

    @Test("a worker that cannot stop in time says so, and has put back what it could", .timeLimit(.minutes(1)))
    func overdue() async throws {
        let bench = try await Bench()
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let stuck = Mutex(0)
        let handler = ScriptedHandler { _, _ in
            beginning.finish()
            await Task { for await _ in gate {} }.value
            return Outcome(plan: { _, _ in [count("late")] })
        }
        try await bench.enqueuer.enqueue(scripted("j"))
        let worker = Worker(
            sources: [try await bench.source(.statistics)],
            runner: bench.runner(
                HandlerRegistry([handler]), settings: .one, grace: .milliseconds(50),
                onStuckJob: { _ in stuck.withLock { $0 += 1 } }),
            stopsWhenEmpty: false, stopWithin: .milliseconds(400))
        let group = ServiceGroup(services: [worker], logger: quiet)
        let running = Task { try await group.run() }
        for await _ in begun {}
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(stuck.withLock { $0 } == 1)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).visible == 1)
        #expect(try await bench.status(of: "j")["status"] == "PENDING")
        opening.finish()
        #expect(try await bench.count(of: "late") == 0)
    }

    @Test("a handler that cannot be ended costs no job beside it an attempt", .timeLimit(.minutes(1)))
    func stuckBeside() async throws {
        let bench = try await Bench()
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let (begun, beginning) = AsyncStream.makeStream(of: String.self)
        let (stuck, sticking) = AsyncStream.makeStream(of: Void.self)
        let handler = ScriptedHandler { _, job in
            beginning.yield(job.id)
            if job.id == "stuck" { await Task { for await _ in gate {} }.value }
            try await Task.sleep(for: .seconds(600))
            return Outcome()
        }
        let runner = bench.runner(
            HandlerRegistry([handler]), settings: .with(concurrency: 2) { $0.timeout = .seconds(2) },
            grace: .milliseconds(100), onStuckJob: { _ in sticking.finish() })
        try await bench.enqueuer.enqueue(scripted("stuck"))
        let worker = Worker(
            sources: [try await bench.source(.statistics)], runner: runner, stopsWhenEmpty: false)
        let running = Task { try await worker.run() }
        for await id in begun {
            if id == "beside" { break }
            runner.settings.replace(with: .with(concurrency: 2) { $0.timeout = .seconds(600) })
            try await bench.enqueuer.enqueue(scripted("beside"))
        }
        for await _ in stuck {}
        // Its process would end here.
        let row = try await bench.status(of: "beside")
        #expect(row["status"] == "PENDING" && row["attempts"] == 0 && row["open_attempt"] == nil)
        opening.finish()
        try await running.value
    }

    @Test(
        "a job with many follow-ups goes back when the worker stops, and no attempt is counted", .timeLimit(.minutes(1))
    )
    func followUps() async throws {
        let bench = try await Bench()
        let events = Events()
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        // Rows can be written only while the job is not enqueueing.
        let isAway = Mutex(false)
        let documents = FaultyDocuments(bench.folder.documents) { _ in isAway.withLock { $0 } ? .requestLost : nil }
        let runner = JobRunner(
            documents: bench.folder.documents,
            enqueuer: JobEnqueuer(documents: documents, queues: bench.folder.queues, now: bench.clock.now),
            handlers: HandlerRegistry([
                ScriptedHandler { _, _ in
                    isAway.withLock { $0 = true }
                    beginning.finish()
                    return Outcome(followUps: (0..<100).map { scripted("f\($0)") })
                }
            ]), settings: LiveSettings(.one), logger: quiet, now: bench.clock.now, grace: .milliseconds(100),
            events: events.note)
        try await bench.enqueuer.enqueue(scripted("j"))
        let worker = Worker(
            sources: [try await bench.source(.statistics)], runner: runner, stopsWhenEmpty: false,
            stopWithin: .milliseconds(400))
        let group = ServiceGroup(services: [worker], logger: quiet)
        let running = Task { try await group.run() }
        for await _ in begun {}
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(events.outcomes == [.handedBack])
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "PENDING" && row["attempts"] == 0 && row["open_attempt"] == nil)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).visible == 1)
    }

    @Test("under load, a stop leaves nothing in flight and no delivery uncounted", .timeLimit(.minutes(1)))
    func drains() async throws {
        let bench = try await Bench()
        let events = Events()
        let handler = ScriptedHandler { _, job in Outcome(plan: { _, _ in [count(job.id)] }) }
        let jobs = (0..<200).map { "job-\($0)" }
        for job in jobs { try await bench.enqueuer.enqueue(scripted(job)) }
        let runner = bench.runner(
            HandlerRegistry([handler]), settings: .with(concurrency: 4, prefetch: 20), events: events.note)
        for round in 1...4 {
            let worker = Worker(
                sources: [try await bench.source(.statistics)], runner: runner, stopsWhenEmpty: false)
            let group = ServiceGroup(services: [worker], logger: quiet)
            let running = Task { try await group.run() }
            await events.wait(for: .completed, count: round * 30)
            await group.triggerGracefulShutdown()
            try await running.value
            #expect(try await bench.statistics(of: JobQueue.statistics.name).inFlight == 0, "round \(round)")
        }
        while try await bench.runNext(runner) {}
        for job in jobs { #expect(try await bench.count(of: job) == 1) }
        #expect(events.outcomes.allSatisfy { $0 == .completed || $0 == .handedBack })
        #expect(events.outcomes.count { $0 == .completed } == jobs.count, "nothing was delivered again")
    }
}
