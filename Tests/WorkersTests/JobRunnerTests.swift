import Documents
import EmbeddedBackend
import JSON
import Queueing
import SpeakModel
import Synchronization
import Testing
import Workers

@Suite struct JobRunnerTests {
    @Test("an outcome is committed with the job's status, and the message is gone")
    func completes() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    Outcome(audioURL: "s3://b/k", result: ["figure": 7], plan: { _, _ in [count("done")] })
                }
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        #expect(try await bench.status(of: "j")["status"] == "PENDING")
        try await bench.runNext(runner)

        let status = try await bench.status(of: "j")
        #expect(status["status"] == "COMPLETED")
        #expect(status["audio_url"] == "s3://b/k")
        #expect(status["result"] == ["figure": 7])
        #expect(status["kind"] == "statistics.aggregate")
        #expect(status["ttl"]?.int == Int(bench.clock.now().epochSeconds) + 7 * 86_400)
        #expect(try await bench.count(of: "done") == 1)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
    }

    @Test("while a job is worked on, its status says so")
    func processing() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, job in
                    let status = try await bench.status(of: job.id)["status"]?.string ?? "none"
                    return Outcome(result: ["seen": .string(status)])
                }
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(runner)
        #expect(try await bench.status(of: "j")["result"] == ["seen": "PROCESSING"])
    }

    @Test("two messages for one job take effect once")
    func deliveredTwice() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in Outcome(plan: { _, _ in [count("done")] }) }]))
        for _ in 0..<2 { try await bench.send(scripted("j").json.text, to: .statistics) }
        while try await bench.runNext(runner) {}
        #expect(try await bench.count(of: "done") == 1)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
    }

    @Test("two workers that hold one job at the same time take effect once")
    func overtaken() async throws {
        let bench = try await Bench()
        let fast = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in Outcome(plan: { _, _ in [count("done")] }) }]))
        let slow = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    try await bench.runNext(fast)
                    return Outcome(plan: { _, _ in [count("done")] })
                }
            ]))
        for _ in 0..<2 { try await bench.send(scripted("j").json.text, to: .statistics) }
        try await bench.runNext(slow)
        #expect(try await bench.count(of: "done") == 1)
        #expect(try await bench.status(of: "j")["status"] == "COMPLETED")
    }

    @Test("a job that gives up has failed, with its reason in both rows, and is not tried again")
    func givesUp() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler(
                    body: { _, _ in throw JobFailure.giveUp(reason: "The recording is silent.") },
                    failure: { _ in [count("told")] })
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(runner)
        let status = try await bench.status(of: "j")
        #expect(status["status"] == "FAILED")
        #expect(status["error"] == "The recording is silent.")
        #expect(try await bench.count(of: "told") == 1)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
        #expect(try await bench.statistics(of: JobQueue.statistics.deadLetterName).total == 0)
    }

    @Test("rows that cannot be written do not keep a failure from being told")
    func failureWritesRefused() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler(
                    body: { _, _ in throw JobFailure.giveUp(reason: "No.") },
                    failure: { _ in [DocumentWrite(table: Table.users.name, .put(["role": ""]))] })
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(runner)
        #expect(try await bench.status(of: "j")["status"] == "FAILED")
    }

    @Test("an outcome that the tables refuse fails the job for good")
    func outcomeRefused() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    Outcome(plan: { _, _ in [DocumentWrite(table: Table.users.name, .put(["role": "r"]))] })
                }
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(runner)
        #expect(try await bench.status(of: "j")["status"] == "FAILED")
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
    }

    @Test("a job that may succeed later is tried five times, then it is a dead letter with its reason")
    func retries() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in throw JobFailure.retry(reason: "The disk is full.") }]))
        try await bench.enqueuer.enqueue(scripted("j"))
        for attempt in 1...5 {
            #expect(try await bench.runNext(runner), "attempt \(attempt)")
            #expect(try await bench.runNext(runner) == false, "the next attempt waits")
            #expect(try await bench.status(of: "j")["status"] == (attempt < 5 ? "PENDING" : "FAILED"))
            #expect(try await bench.status(of: "j")["error"] == "The disk is full.")
            bench.clock.advance(by: .seconds(300))
        }
        let letters = try await bench.folder.queues.queue(named: JobQueue.statistics.deadLetterName).peek(maximum: 10)
        #expect(letters.map(\.lastFailure) == ["The disk is full."])
        #expect(letters.map(\.sourceQueueName) == [JobQueue.statistics.name])
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
    }

    @Test("a dead letter that is sent back runs again, and can succeed")
    func redriven() async throws {
        let bench = try await Bench()
        let isBroken = Mutex(true)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    if isBroken.withLock({ $0 }) { throw JobFailure.retry(reason: "Down.") }
                    return Outcome(plan: { _, _ in [count("done")] })
                }
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        for _ in 1...5 {
            try await bench.runNext(runner)
            bench.clock.advance(by: .seconds(300))
        }
        isBroken.withLock { $0 = false }
        let moved = try await bench.folder.queues.redrive(
            deadLetterQueueNamed: JobQueue.statistics.deadLetterName, maximum: 10)
        #expect(moved == 1)
        try await bench.runNext(runner)
        #expect(try await bench.status(of: "j")["status"] == "COMPLETED")
        #expect(try await bench.status(of: "j")["error"] == nil)
        #expect(try await bench.count(of: "done") == 1)
    }

    @Test("a job that is put off comes back after its time, without an attempt counted")
    func snoozes() async throws {
        let bench = try await Bench()
        let calls = Mutex(0)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    guard
                        calls.withLock({
                            $0 += 1; return $0
                        }) > 20
                    else {
                        throw JobFailure.snooze(.seconds(60), reason: "Too early.")
                    }
                    return Outcome()
                }
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        // One delivery among them is the last that the queue allows, and is sent anew.
        for _ in 1...20 {
            while try await bench.runNext(runner) {}
            bench.clock.advance(by: .seconds(60))
        }
        try await bench.runNext(runner)
        #expect(calls.withLock { $0 } == 21)
        #expect(try await bench.status(of: "j")["attempts"] == 1)
        #expect(try await bench.status(of: "j")["status"] == "COMPLETED")
    }

    @Test(
        "what is no job is a dead letter at once, with a status under the id that could be read",
        arguments: [
            (#"{"job_id":"j","kind":"sentence.sing","payload":{}}"#, "j"),
            (#"{"job_id":"j","kind":"statistics.aggregate","payload":{"date":"2026-01-05","colour":"red"}}"#, "j"),
            ("no json at all", nil), ("{}", nil), ("", nil),
        ])
    func refuses(_ body: String, _ id: String?) async throws {
        let bench = try await Bench()
        try await bench.send(body.isEmpty ? " " : body, to: .statistics)
        try await bench.runNext(bench.runner(HandlerRegistry([])))
        let letters = try await bench.folder.queues.queue(named: JobQueue.statistics.deadLetterName).peek(maximum: 10)
        let letter = try #require(letters.first)
        let status = try await bench.status(of: id ?? letter.id.description)
        #expect(status["status"] == "FAILED")
        #expect(status["error"]?.string == letter.lastFailure)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
    }

    @Test("a document that imitates a completed job's id does not spoil its status")
    func refusedAfterCompletion() async throws {
        let bench = try await Bench()
        let runner = bench.runner(HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]))
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(runner)
        try await bench.send(#"{"job_id":"j","kind":"?","payload":{}}"#, to: .statistics)
        try await bench.runNext(runner)
        #expect(try await bench.status(of: "j")["status"] == "COMPLETED")
    }

    @Test("a kind without a handler fails and says so")
    func unhandled() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(bench.runner(HandlerRegistry([])))
        #expect(try await bench.status(of: "j")["error"] == "This worker has no handler for statistics.aggregate.")
    }

    @Test("a plan whose rows changed meanwhile is made anew")
    func replans() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    Outcome(plan: { documents, earlier in
                        let old = try await bench.count(of: "shared")
                        if earlier < 2 { try await documents.write(count("shared")) }
                        let isUnchanged: Condition =
                            old == 0 ? .notExists("count") : .compare(.path("count"), .equal, .value(.number(old)))
                        return [count("shared", if: isUnchanged)]
                    })
                }
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(runner)
        #expect(try await bench.count(of: "shared") == 3)
        #expect(try await bench.status(of: "j")["status"] == "COMPLETED")
    }

    @Test("a plan that never fits is put off, not lost")
    func neverFits() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in Outcome(plan: { _, _ in [count("never", if: .exists("nothing"))] }) }
            ]))
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(runner)
        #expect(try await bench.status(of: "j")["status"] == "PENDING")
        let figures = try await bench.statistics(of: JobQueue.statistics.name)
        #expect(figures.total == 1 && figures.visible == 0)
        #expect(try await bench.status(of: "j")["attempts"] == 0)
    }

    @Test("follow-up jobs are enqueued before the job completes, once each")
    func followUps() async throws {
        let bench = try await Bench()
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, job in
                    Outcome(
                        followUps: job.id == "parent" ? [scripted("child-1"), scripted("child-2")] : [],
                        plan: { _, _ in [count(job.id)] })
                }
            ]))
        for _ in 0..<2 { try await bench.send(scripted("parent").json.text, to: .statistics) }
        while try await bench.runNext(runner) {}
        for id in ["parent", "child-1", "child-2"] { #expect(try await bench.count(of: id) == 1) }
    }

    @Test("enqueueing a completed job again sends nothing")
    func enqueuedAgain() async throws {
        let bench = try await Bench()
        let runner = bench.runner(HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]))
        #expect(try await bench.enqueuer.enqueue(scripted("j")) == .enqueued)
        try await bench.runNext(runner)
        #expect(try await bench.enqueuer.enqueue(scripted("j")) == .refused)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
    }
}
