import Documents
import EmbeddedBackend
import JSON
import Queueing
import SpeakModel
import Synchronization
import Testing
import Workers

/// A job whose worker dies, whose time is over, or whom another worker has.
@Suite struct AttemptTests {
    private let queue = JobQueue.statistics

    /// Begins the next delivery and never ends it, as a worker does that is killed.
    private func die(_ bench: Bench, as worker: WorkerIdentity = .init(host: "h", processID: 1)) async throws {
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    beginning.finish()
                    try await Task.sleep(for: .seconds(600))
                    return Outcome()
                }
            ]), worker: worker)
        // Its heart beats again when the test is long over.
        let source = try await bench.source(queue, lease: .seconds(3600))
        let delivery = try #require(try await source.queue.receive(maximum: 1, visibilityTimeout: .seconds(12)).first)
        // What a test leaves behind sleeps on, and writes nothing.
        Task { try await runner.run(delivery, from: source) }
        for await _ in begun {}
        bench.clock.advance(by: .seconds(13))
    }

    @Test("the row tells who works on the job, and forgets it when the job is done")
    func openAttempt() async throws {
        let bench = try await Bench()
        let seen = Mutex<Item>([:])
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    let row = try await bench.status(of: "j")
                    seen.withLock { $0 = row }
                    return Outcome()
                }
            ]), worker: WorkerIdentity(host: "worker-3", processID: 77))
        try await bench.enqueuer.enqueue(scripted("j"))
        try await bench.runNext(runner)
        let open = try #require(seen.withLock { $0["open_attempt"]?.map })
        #expect(open["host"] == "worker-3" && open["process_id"] == 77 && open["receive_count"] == 1)
        #expect(seen.withLock { $0["status"] } == "PROCESSING")
        let row = try await bench.status(of: "j")
        #expect(row["open_attempt"] == nil && row["attempts"] == 1 && row["failure"] == nil)
    }

    @Test("a job whose worker died is done by another, and the death is counted")
    func death() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        try await die(bench)
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, job in Outcome(plan: { _, _ in [count(job.id)] }) }]))
        #expect(try await bench.runNext(runner))
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "COMPLETED" && row["attempts"] == 2)
        #expect(row["deaths"]?.stringSet?.count == 1)
        #expect(try await bench.count(of: "j") == 1)
    }

    @Test("a job that killed its worker three times is put away with a reason that says so")
    func quarantine() async throws {
        let bench = try await Bench()
        let events = Events()
        try await bench.enqueuer.enqueue(scripted("poison"))
        for process in 1...3 { try await die(bench, as: WorkerIdentity(host: "h", processID: Int32(process))) }
        let handled = Mutex(0)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler(
                    body: { _, _ in
                        handled.withLock { $0 += 1 }
                        return Outcome()
                    }, failure: { _ in [count("told")] })
            ]), worker: WorkerIdentity(host: "survivor", processID: 4), events: events.note)
        #expect(try await bench.runNext(runner))
        #expect(handled.withLock { $0 } == 0, "a fourth worker does not even try")
        #expect(events.outcomes == [.quarantined])
        let row = try await bench.status(of: "poison")
        #expect(row["status"] == "FAILED" && row["failure"] == "worker_died" && row["attempts"] == 3)
        #expect(row["error"] == "The job killed its worker three times, and is tried no more.")
        #expect(try await bench.count(of: "told") == 1)
        let letter = try #require(try await bench.deadLetters().first)
        #expect(letter.lastFailure == row["error"]?.string)
        let report = try #require(FailureReport(letter.attributes))
        #expect(report.failure == "worker_died" && report.attempts == 3 && report.host == "survivor")
        #expect(report.failedAt == bench.clock.now())
        #expect(try await bench.statistics(of: queue.name).total == 0)
    }

    @Test("a redriven job begins anew: its deaths and attempts are forgotten")
    func redriven() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        for _ in 1...3 { try await die(bench) }
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in throw JobFailure.retry(reason: "Down.") }]))
        #expect(try await bench.runNext(runner))
        _ = try await bench.folder.queues.redrive(deadLetterQueueNamed: queue.deadLetterName, maximum: 1)
        #expect(try await bench.runNext(runner))
        let row = try await bench.status(of: "j")
        #expect(
            row["status"] == "PENDING" && row["attempts"] == 1 && row["deaths"] == nil && row["failure"] == "failed")
    }

    @Test("a job that has killed a worker does not begin beside another, who would be charged with what it does next")
    func alone() async throws {
        let bench = try await Bench()
        let events = Events()
        for id in ["poison", "neighbour"] { try await bench.enqueuer.enqueue(scripted(id)) }
        try await die(bench)
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, job in
                    beginning.finish()
                    for await _ in gate {}
                    return Outcome(plan: { _, _ in [count(job.id)] })
                }
            ]), events: events.note)
        let source = try await bench.source(queue)
        let deliveries = try await source.queue.receive(maximum: 10, visibilityTimeout: .seconds(12))
        let poison = try #require(deliveries.first { $0.receiveCount == 2 })
        let neighbour = try #require(deliveries.first { $0.receiveCount == 1 })
        let beside = Task { try await runner.run(neighbour, from: source) }
        for await _ in begun {}
        // Its lease is lost before the neighbour is done, which ends its waiting.
        let refusing = FaultyQueue(source.queue, seed: 1, percent: 0) { _ in throw QueueError.leaseLost(nil) }
        try await runner.run(poison, from: try await WorkQueue(refusing, lease: .milliseconds(300)))
        #expect(events.outcomes == [.snoozed])
        opening.finish()
        try await beside.value
        bench.clock.advance(by: .seconds(13))
        #expect(try await bench.runNext(runner))
        #expect(events.outcomes == [.snoozed, .completed, .completed])
        #expect(try await bench.status(of: "poison")["attempts"] == 2)
        #expect(try await bench.status(of: "neighbour")["attempts"] == 1)
    }

    @Test("a job given up whose letter was not written is given up once more, and not tried")
    func letterLost() async throws {
        let bench = try await Bench()
        let events = Events()
        let handled = Mutex(0)
        let queue = try await bench.folder.queues.queue(named: queue.name)
        let late = FaultyQueue(queue, seed: 1, percent: 0) { _ in throw QueueError.leaseLost(nil) }
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    handled.withLock { $0 += 1 }
                    throw JobFailure.retry(reason: "Down.")
                }
            ]), settings: .with { $0.attempts = 1 }, events: events.note)
        try await bench.enqueuer.enqueue(scripted("j"))
        let delivery = try #require(try await queue.receive(maximum: 1, visibilityTimeout: .seconds(12)).first)
        try await runner.run(delivery, from: try await WorkQueue(late))
        #expect(try await bench.status(of: "j")["status"] == "FAILED")
        #expect(try await bench.deadLetters().isEmpty)
        bench.clock.advance(by: .seconds(13))
        #expect(try await bench.runNext(runner))
        #expect(handled.withLock { $0 } == 1)
        #expect(events.outcomes == [.failed, .alreadyFailed])
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "FAILED" && row["attempts"] == 1)
        let letter = try #require(try await bench.deadLetters().first)
        let report = try #require(FailureReport(letter.attributes))
        #expect(report.reason == "Down." && report.attempts == 1 && report.stack != nil)
        // Sent back, it is tried again.
        _ = try await bench.folder.queues.redrive(deadLetterQueueNamed: self.queue.deadLetterName, maximum: 1)
        #expect(try await bench.runNext(runner))
        #expect(handled.withLock { $0 } == 2)
    }

    @Test("a death that was none costs no attempt", .timeLimit(.minutes(1)))
    func falseDeath() async throws {
        let bench = try await Bench()
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let slow = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    beginning.finish()
                    await Task { for await _ in gate {} }.value
                    return Outcome()
                }
            ]), grace: .seconds(60))
        try await bench.enqueuer.enqueue(scripted("j"))
        let source = try await bench.source(queue, lease: .milliseconds(300))
        let delivery = try #require(try await source.queue.receive(maximum: 1, visibilityTimeout: .seconds(12)).first)
        let running = Task { try await slow.run(delivery, from: source) }
        for await _ in begun {}
        bench.clock.advance(by: .seconds(60))
        let other = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    #expect(try await bench.status(of: "j")["attempts"] == 1)
                    opening.finish()
                    #expect(try await eventually { try await bench.status(of: "j")["deaths"] == nil })
                    throw JobFailure.retry(reason: "Down.")
                }
            ]), settings: .with { $0.attempts = 2 })
        #expect(try await bench.runNext(other))
        try await running.value
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "PENDING" && row["attempts"] == 1 && row["deaths"] == nil)
    }

    @Test("a death is counted although the answer to the write that counts it was lost")
    func lostOpening() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        try await die(bench)
        // It looks, then it opens.
        let documents = FaultyDocuments(bench.folder.documents) { $0 == 2 ? .replyLost : nil }
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]), documents: documents)
        #expect(try await bench.runNext(runner))
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "COMPLETED" && row["attempts"] == 2 && row["deaths"]?.stringSet?.count == 1)
    }

    @Test("a death on the last delivery but one is counted before the message is sent anew, and blocks nobody")
    func lastDelivery() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        let source = try await bench.source(queue)
        for _ in 1...18 { _ = try await source.queue.receive(maximum: 1, visibilityTimeout: .zero) }
        try await die(bench)
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, job in Outcome(plan: { _, _ in [count(job.id)] }) }]))
        #expect(try await bench.runNext(runner))
        var row = try await bench.status(of: "j")
        #expect(row["status"] == "PENDING" && row["attempts"] == 1 && row["open_attempt"] == nil)
        // Under its new message it waits for nobody.
        #expect(try await bench.runNext(runner))
        row = try await bench.status(of: "j")
        #expect(row["status"] == "COMPLETED" && row["attempts"] == 2 && row["deaths"]?.stringSet?.count == 1)
    }

    @Test("a queue that allows one delivery has its jobs done, and its messages are not sent round and round")
    func oneDelivery() async throws {
        let bench = try await Bench()
        try await bench.folder.queues.configure(queueNamed: queue.name) {
            $0.redrivePolicy = RedrivePolicy(deadLetterQueueName: queue.deadLetterName, maximumReceiveCount: 1)
        }
        let events = Events()
        let runner = bench.runner(
            HandlerRegistry([ScriptedHandler { _, job in Outcome(plan: { _, _ in [count(job.id)] }) }]),
            events: events.note)
        try await bench.enqueuer.enqueue(scripted("j"))
        #expect(try await bench.runNext(runner))
        #expect(events.outcomes == [.completed])
    }

    @Test("a handler that cannot be ended costs its process where the lease was lost, too", .timeLimit(.minutes(1)))
    func stuckWithoutLease() async throws {
        let bench = try await Bench()
        let stuck = Mutex(0)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    beginning.finish()
                    await Task { for await _ in gate {} }.value
                    return Outcome()
                }
            ]), grace: .milliseconds(50), onStuckJob: { _ in stuck.withLock { $0 += 1 } })
        try await bench.enqueuer.enqueue(scripted("j"))
        let source = try await bench.source(queue, lease: .milliseconds(300))
        let delivery = try #require(try await source.queue.receive(maximum: 1).first)
        let running = Task { try await runner.run(delivery, from: source) }
        for await _ in begun {}
        try await source.queue.changeVisibility(of: delivery.receipt, to: .zero, reason: nil)
        _ = try await source.queue.receive(maximum: 1)
        try await running.value
        #expect(stuck.withLock { $0 } == 1)
        opening.finish()
    }

    @Test("a letter sent back of a kind with a deadline waits from then on")
    func redrivenLate() async throws {
        let bench = try await Bench()
        let isBroken = Mutex(true)
        let runner = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    if isBroken.withLock({ $0 }) { throw JobFailure.retry(reason: "Down.") }
                    return Outcome()
                }
            ]),
            settings: .with {
                $0.attempts = 1
                $0.deadline = .seconds(60)
            })
        try await bench.enqueuer.enqueue(scripted("j"))
        #expect(try await bench.runNext(runner))
        bench.clock.advance(by: .seconds(3600))
        isBroken.withLock { $0 = false }
        _ = try await bench.folder.queues.redrive(deadLetterQueueNamed: queue.deadLetterName, maximum: 1)
        #expect(try await bench.runNext(runner))
        #expect(try await bench.status(of: "j")["status"] == "COMPLETED")
    }

    @Test("deliveries that nobody began count no death and no attempt, however many")
    func unbegun() async throws {
        let bench = try await Bench()
        try await bench.enqueuer.enqueue(scripted("j"))
        let source = try await bench.source(queue)
        for _ in 1...19 { _ = try await source.queue.receive(maximum: 1, visibilityTimeout: .zero) }
        let runner = bench.runner(HandlerRegistry([ScriptedHandler { _, _ in Outcome() }]))
        // The twentieth would be the last that the queue allows: the message is sent anew.
        #expect(try await bench.runNext(runner))
        #expect(try await bench.status(of: "j")["status"] == "PENDING")
        #expect(try await bench.runNext(runner))
        let row = try await bench.status(of: "j")
        #expect(row["status"] == "COMPLETED" && row["attempts"] == 1 && row["deaths"] == nil)
        #expect(try await bench.deadLetters().isEmpty)
    }

    @Test("a worker that lost its lease commits nothing, and takes back that it died", .timeLimit(.minutes(1)))
    func lostLease() async throws {
        let bench = try await Bench()
        let events = Events()
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let slow = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    beginning.finish()
                    // It does not even notice that it is cancelled.
                    await Task { for await _ in gate {} }.value
                    return Outcome(plan: { _, _ in [count("slow")] })
                }
            ]), worker: WorkerIdentity(host: "slow", processID: 1), grace: .seconds(60), events: events.note)
        try await bench.enqueuer.enqueue(scripted("j"))
        let source = try await bench.source(queue, lease: .milliseconds(300))
        let delivery = try #require(try await source.queue.receive(maximum: 1, visibilityTimeout: .seconds(12)).first)
        let running = Task { try await slow.run(delivery, from: source) }
        for await _ in begun {}
        // The store's clock leaps over the lease's end before the next heartbeat.
        bench.clock.advance(by: .seconds(60))
        let other = bench.runner(
            HandlerRegistry([
                ScriptedHandler { _, _ in
                    let row = try await bench.status(of: "j")
                    #expect(row["deaths"]?.stringSet?.count == 1, "it looks dead")
                    opening.finish()
                    #expect(try await eventually { try await bench.status(of: "j")["deaths"] == nil })
                    return Outcome(plan: { _, _ in [count("other")] })
                }
            ]))
        #expect(try await bench.runNext(other))
        try await running.value
        #expect(events.outcomes == [.leaseLost])
        #expect(try await bench.count(of: "slow") == 0)
        #expect(try await bench.count(of: "other") == 1)
        #expect(try await bench.status(of: "j")["status"] == "COMPLETED")
    }

    @Test("two messages for one job are not worked on at the same time", .timeLimit(.minutes(1)))
    func twin() async throws {
        let bench = try await Bench()
        let events = Events()
        let runs = Mutex(0)
        let runner = Mutex<JobRunner?>(nil)
        let body = scripted("j").json.text
        for _ in 0..<2 { try await bench.send(body, to: queue) }
        let handler = ScriptedHandler { _, job in
            let run = runs.withLock { runs in
                runs += 1
                return runs
            }
            // In the middle of the first the second is delivered.
            if run == 1, let runner = runner.withLock({ $0 }) { try await bench.runNext(runner) }
            return Outcome(plan: { _, _ in [count(job.id)] })
        }
        let made = bench.runner(HandlerRegistry([handler]), events: events.note)
        runner.withLock { $0 = made }
        #expect(try await bench.runNext(made))
        #expect(events.outcomes == [.snoozed, .completed])
        bench.clock.advance(by: .seconds(30))
        #expect(try await bench.runNext(made))
        #expect(events.outcomes == [.snoozed, .completed, .alreadyCompleted])
        #expect(runs.withLock { $0 } == 1)
        #expect(try await bench.count(of: "j") == 1)
    }
}
