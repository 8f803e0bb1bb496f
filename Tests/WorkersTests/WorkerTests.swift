import EmbeddedBackend
import Logging
import Queueing
import ServiceLifecycle
import SpeakModel
import Synchronization
import Testing
import Workers

@Suite struct WorkerTests {
    private static func worker(
        _ bench: Bench, _ handler: ScriptedHandler, stopsWhenEmpty: Bool
    ) async throws -> Worker {
        Worker(
            sources: [try await bench.source(.statistics)], runner: bench.runner(HandlerRegistry([handler])),
            stopsWhenEmpty: stopsWhenEmpty)
    }

    @Test("a worker with nothing to do returns, if so asked")
    func empty() async throws {
        let bench = try await Bench()
        let handler = ScriptedHandler { _, _ in Outcome() }
        try await Self.worker(bench, handler, stopsWhenEmpty: true).run()
    }

    @Test("a worker stops when the last job is done, follow-ups included")
    func untilEmpty() async throws {
        let bench = try await Bench()
        let handler = ScriptedHandler { _, job in
            Outcome(
                followUps: job.id.count < 4 ? [scripted(job.id + "a"), scripted(job.id + "b")] : [],
                plan: { _, _ in [count("all-\(job.id)")] })
        }
        try await bench.enqueuer.enqueue(scripted("j"))
        try await Self.worker(bench, handler, stopsWhenEmpty: true).run()
        for id in ["j", "ja", "jb", "jaa", "jbb", "jaaa", "jbab"] {
            #expect(try await bench.count(of: "all-\(id)") == 1)
        }
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
    }

    @Test("jobs that complete within a moment are acknowledged together, and all before the worker ends")
    func removals() async throws {
        let bench = try await Bench()
        let deletions = Mutex<[Int]>([])
        let queue = try await bench.folder.queues.queue(named: JobQueue.statistics.name)
        let observed = ObservedQueue(
            queue: queue, deletions: { count in deletions.withLock { $0.append(count) } }, leaseChanges: { _ in })
        for number in 1...20 { try await bench.enqueuer.enqueue(scripted("j\(number)")) }
        try await Worker(
            sources: [try await WorkQueue(observed)],
            runner: bench.runner(
                HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]), settings: .with(concurrency: 10)),
            stopsWhenEmpty: true
        ).run()
        let counts = deletions.withLock { $0 }
        #expect(counts.reduce(0, +) == 20 && counts.count < 20)
        #expect(try await queue.statistics().total == 0)
    }

    @Test("a request for jobs waits as long as the queue's settings say")
    func wait() async throws {
        let bench = try await Bench()
        let (waits, waiting) = AsyncStream<Duration>.makeStream()
        let queue = try await bench.folder.queues.queue(named: JobQueue.statistics.name)
        var settings = WorkerSettings()
        settings[JobQueue.statistics] = QueueSettings(wait: .seconds(7))
        let worker = Worker(
            sources: [
                try await WorkQueue(
                    ObservedQueue(queue: queue, receives: { waiting.yield($0) }, leaseChanges: { _ in }))
            ],
            runner: bench.runner(HandlerRegistry([]), settings: settings), stopsWhenEmpty: false)
        let group = ServiceGroup(services: [worker])
        let running = Task { try await group.run() }
        #expect(await waits.first { _ in true } == .seconds(7))
        await group.triggerGracefulShutdown()
        try await running.value
    }

    @Test("told to stop, a worker finishes the job in hand, acknowledges it and takes no other")
    func gracefulShutdown() async throws {
        let bench = try await Bench()
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        let (gate, gateOpening) = AsyncStream<Void>.makeStream()
        let handler = ScriptedHandler { _, job in
            beginning.yield()
            for await _ in gate { break }
            return Outcome(plan: { _, _ in [count(job.id)] })
        }
        let worker = Worker(
            sources: [try await bench.source(.statistics)],
            runner: bench.runner(HandlerRegistry([handler]), settings: .one), stopsWhenEmpty: false)
        for id in ["first", "second"] { try await bench.enqueuer.enqueue(scripted(id)) }
        let group = ServiceGroup(services: [worker])
        let running = Task { try await group.run() }
        for await _ in begun { break }
        await group.triggerGracefulShutdown()
        gateOpening.yield()
        gateOpening.finish()
        try await running.value
        #expect(try await bench.count(of: "first") == 1)
        #expect(try await bench.count(of: "second") == 0)
        let statistics = try await bench.statistics(of: JobQueue.statistics.name)
        #expect(statistics.visible == 1 && statistics.inFlight == 0)
    }

    @Test("a worker whose task is cancelled finishes the job in hand and ends", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        let bench = try await Bench()
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let handler = ScriptedHandler { _, job in
            beginning.finish()
            for await _ in gate {}
            try Task.checkCancellation()
            return Outcome(plan: { _, _ in [count(job.id)] })
        }
        let worker = Worker(
            sources: [try await bench.source(.statistics)],
            runner: bench.runner(HandlerRegistry([handler]), settings: .one), stopsWhenEmpty: false)
        for id in ["first", "second"] { try await bench.enqueuer.enqueue(scripted(id)) }
        let running = Task { try await worker.run() }
        for await _ in begun {}
        running.cancel()
        opening.finish()
        try await running.value
        #expect(try await bench.count(of: "first") == 1)
        let statistics = try await bench.statistics(of: JobQueue.statistics.name)
        #expect(statistics.visible == 1 && statistics.inFlight == 0)
    }

    @Test("sweepers that a store refuses go on, and sweep what is there the next time", .timeLimit(.minutes(1)))
    func sweepers() async throws {
        let bench = try await Bench()
        let (sweeps, sweeping) = AsyncStream.makeStream(of: Void.self)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let sweeper = LifetimeSweeper(
            documents: bench.folder.documents,
            others: [
                { _ in
                    sweeping.yield()
                    throw QueueError.unavailable(reason: "503")
                }
            ], interval: .milliseconds(1), logger: quiet)
        let audio = AudioSweeper(
            documents: bench.folder.documents, objects: bench.folder.objects, interval: .milliseconds(1), logger: quiet,
            now: {
                sweeping.yield()
                return bench.clock.now()
            })
        try await bench.folder.objects.deleteBucket(Provisioning.bucket)
        for service in [sweeper, audio] as [any Service] {
            let running = Task { try await service.run() }
            var count = 0
            for await _ in sweeps {
                count += 1
                if count == 3 { break }
            }
            running.cancel()
            try await running.value
        }
    }

    @Test("an idle worker wakes up for a job that comes later, and stops at once when told to")
    func wakesUp() async throws {
        let bench = try await Bench()
        let (done, finishing) = AsyncStream<Void>.makeStream()
        let handler = ScriptedHandler { _, _ in
            finishing.yield()
            return Outcome()
        }
        let worker = try await Self.worker(bench, handler, stopsWhenEmpty: false)
        let group = ServiceGroup(services: [worker], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let running = Task { try await group.run() }
        try await bench.enqueuer.enqueue(scripted("late"))
        for await _ in done { break }
        await group.triggerGracefulShutdown()
        try await running.value
    }
}
