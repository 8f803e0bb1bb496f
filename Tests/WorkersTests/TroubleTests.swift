import Documents
import EmbeddedBackend
import JSON
import Logging
import Objects
import Queueing
import ServiceLifecycle
import SpeakModel
import Synchronization
import Testing
import Workers

/// Stores that are away, refuse, or lack something.
@Suite struct TroubleTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let done = HandlerRegistry([ScriptedHandler { _, job in Outcome(plan: { _, _ in [count(job.id)] }) }])

    /// What a service says to credentials that are no good.
    private struct Refusal: OperatorError, Hashable {
        let isTransient = false
        let description = "The AWS credentials have expired: get new ones."
    }

    @Test("a worker whose table is missing says so at once")
    func missingTable() async throws {
        let bench = try await Bench()
        try await bench.folder.documents.deleteTable(Table.asyncJobStatus.name)
        let worker = Worker(
            sources: [try await bench.source(.statistics)], runner: bench.runner(done), stopsWhenEmpty: false)
        await #expect(throws: DocumentError.noSuchTable(Table.asyncJobStatus.name)) { try await worker.run() }
    }

    @Test("a worker that is refused from the start asks once and ends with the reason", .timeLimit(.minutes(1)))
    func refusedAtStart() async throws {
        let bench = try await Bench()
        let calls = Mutex(0)
        let queue = FaultyQueue(
            try await bench.folder.queues.queue(named: JobQueue.statistics.name), seed: 1, percent: 0
        ) { _ in
            calls.withLock { $0 += 1 }
            throw Refusal()
        }
        let worker = Worker(sources: [try await WorkQueue(queue)], runner: bench.runner(done), stopsWhenEmpty: false)
        await #expect(throws: Refusal()) { try await worker.run() }
        #expect(calls.withLock { $0 } == 1)
    }

    @Test(
        "a worker that is refused or not answered for a while goes on afterwards, and asked a few times meanwhile",
        .timeLimit(.minutes(1)), arguments: [true, false])
    func passing(_ isRefusal: Bool) async throws {
        let bench = try await Bench()
        let events = Events()
        let calls = Mutex(0)
        let queue = FaultyQueue(
            try await bench.folder.queues.queue(named: JobQueue.statistics.name), seed: 1, percent: 0
        ) { _ in
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            // The first receive brings the first job, and its deletion is the second call.
            guard (3...4).contains(call) else { return }
            if isRefusal { throw Refusal() }
            throw QueueError.unavailable(reason: "down")
        }
        let runner = bench.runner(done, settings: .one, events: events.note)
        for id in ["first", "second"] { try await bench.enqueuer.enqueue(scripted(id)) }
        let worker = Worker(sources: [try await WorkQueue(queue)], runner: runner, stopsWhenEmpty: false)
        let group = ServiceGroup(services: [worker], logger: quiet)
        let running = Task { try await group.run() }
        await events.wait(for: .completed, count: 2)
        #expect(calls.withLock { $0 } <= 7, "two receives, two deletions, two that failed, one that waits")
        await group.triggerGracefulShutdown()
        try await running.value
    }

    @Test("a job that meets a refusal is not blamed for it")
    func refusedJob() async throws {
        let bench = try await Bench()
        let isRefused = Mutex(true)
        let events = Events()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    if isRefused.withLock({ $0 }) { throw Refusal() }
                    return Outcome()
                }
            ]), settings: .with { $0.attempts = 2 }, events: events.note)
        try await bench.enqueuer.enqueue(scripted("j"))
        for _ in 1...4 {
            await #expect(throws: Refusal()) { try await bench.runNext(runner) }
            let row = try await bench.status(of: "j")
            #expect(row["status"] == "PENDING" && row["attempts"] == 0 && row["open_attempt"] == nil)
            #expect(row["error"] == .string(Refusal().description))
            bench.clock.advance(by: .seconds(300))
        }
        isRefused.withLock { $0 = false }
        #expect(try await bench.runNext(runner))
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "COMPLETED" && row["attempts"] == 1 && row["deaths"] == nil)
    }

    @Test("an object that the store refuses is its job's failure, not the store's")
    func refusedObject() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in throw ObjectError.refused("recordings/a", reason: "It lies in an archive.") }
            ]), settings: .with { $0.attempts = 1 })
        try await bench.enqueuer.enqueue(scripted("j"))
        #expect(try await bench.runNext(runner))
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "FAILED" && row["failure"] == "failed")
        #expect(row["error"] == #"The object "recordings/a" is refused: It lies in an archive."#)
    }

    @Test("store trouble ends a job after a day, however often its message was sent anew meanwhile")
    func sentAnew() async throws {
        let bench = try await Bench()
        try await bench.folder.queues.configure(queueNamed: JobQueue.statistics.name) {
            $0.redrivePolicy?.maximumReceiveCount = 2
        }
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in throw Refusal() }]), settings: .with { $0.attempts = 1 })
        try await bench.enqueuer.enqueue(scripted("j"))
        for _ in 1...14 {
            _ = try? await bench.runNext(runner)  // What it throws is the store's trouble.
            bench.clock.advance(by: .seconds(8000))
        }
        #expect(try await bench.status(of: "j")["status"] == "FAILED")
    }

    @Test("store trouble that lasts for a day is the job's end")
    func refusedForever() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in throw Refusal() }]), settings: .with { $0.attempts = 1 })
        try await bench.enqueuer.enqueue(scripted("j"))
        bench.clock.advance(by: .seconds(86_401))
        #expect(try await bench.runNext(runner))
        #expect(try await bench.status(of: "j")["status"] == "FAILED")
        #expect(try await bench.deadLetters().count == 1)
    }
}
