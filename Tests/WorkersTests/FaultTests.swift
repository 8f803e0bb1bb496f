import Documents
import EmbeddedBackend
import Queueing
import SpeakModel
import Testing
import Workers

@Suite struct FaultTests {
    @Test("whatever calls are lost, every job takes effect exactly once", arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func exactlyOnce(_ seed: UInt64) async throws {
        let bench = try await Bench()
        let faulty = FaultyDocuments(bench.folder.documents, seed: seed, percent: 15)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, job in
                    Outcome(plan: { documents, _ in
                        let old = try await documents.get(
                            ["role": "counter", "email": "shared"], from: Table.users.name)?["count"]
                        let isUnchanged: Condition =
                            old.map { .compare(.path("count"), .equal, .value($0)) } ?? .notExists("count")
                        return [count(job.id), count("shared", if: isUnchanged)]
                    })
                }
            ]), documents: faulty)
        let jobs = (0..<12).map { "job-\($0)" }
        for job in jobs { try await bench.enqueuer.enqueue(scripted(job)) }
        try await drain(bench, runner)

        for job in jobs { #expect(try await bench.count(of: job) == 1, "\(job), seed \(seed)") }
        #expect(try await bench.count(of: "shared") == jobs.count)
    }

    @Test(
        "lost calls, slow answers and a clock that leaps double nothing, lose nothing and leave nothing stuck",
        .timeLimit(.minutes(5)), arguments: [UInt64(11), 12])
    func storm(_ seed: UInt64) async throws {
        let bench = try await Bench()
        let documents = FaultyDocuments(bench.folder.documents, seed: seed, percent: 5)
        let queue = FaultyQueue(
            try await bench.folder.queues.queue(named: JobQueue.statistics.name), seed: seed, percent: 5
        ) { dice in
            // One call in five is slow, and one in ten finds that the store's clock has leapt.
            if dice.isMultiple(of: 5) { try await Task.sleep(for: .milliseconds(20)) }
            if dice.isMultiple(of: 10) { bench.clock.advance(by: .seconds(dice < 20 ? -7 : 13)) }
        }
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, job in
                    Outcome(plan: { documents, _ in
                        let old = try await documents.get(
                            ["role": "counter", "email": "shared"], from: Table.users.name)?["count"]
                        let isUnchanged: Condition =
                            old.map { .compare(.path("count"), .equal, .value($0)) } ?? .notExists("count")
                        return [count(job.id), count("shared", if: isUnchanged)]
                    })
                }
            ]), documents: documents, settings: .with(concurrency: 6, prefetch: 10))
        let jobs = (0..<250).map { "job-\($0)" }
        for job in jobs { try await bench.enqueuer.enqueue(scripted(job)) }
        let source = try await WorkQueue(queue)
        repeat {
            try await Worker(sources: [source], runner: runner, stopsWhenEmpty: true).run()
        } while try await bench.folder.queues.redrive(
            deadLetterQueueNamed: JobQueue.statistics.deadLetterName, maximum: 100) > 0

        for job in jobs {
            #expect(try await bench.count(of: job) == 1, "\(job), seed \(seed)")
            #expect(try await bench.status(of: job)["status"] == "COMPLETED")
        }
        #expect(try await bench.count(of: "shared") == jobs.count)
    }

    /// Runs until every job is done: sends dead letters back, and lets leases of lost calls run out.
    private func drain(_ bench: Bench, _ runner: JobRunner) async throws {
        let queue = JobQueue.statistics
        for _ in 0..<2000 {
            do {
                while try await bench.runNext(runner) {}
            } catch DocumentError.unavailable {
                // Nothing was acknowledged: the message comes again when its lease is over.
            }
            _ = try await bench.folder.queues.redrive(deadLetterQueueNamed: queue.deadLetterName, maximum: 100)
            bench.clock.advance(by: .seconds(301))
            let waiting = try await bench.statistics(of: queue.name).total
            let dead = try await bench.statistics(of: queue.deadLetterName).total
            if waiting + dead == 0 { return }
        }
        Issue.record("The queue was never empty.")
    }
}
