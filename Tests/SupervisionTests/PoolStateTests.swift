import Processes
import Supervision
import Testing
import Workers

/// A pool without processes: tells its state what happened, at a time that only the test turns.
private struct Bench {
    var state: PoolState
    var now = ContinuousClock.now

    init(_ processes: Int, mostJobs: Int? = nil, mostBytes: Int? = nil, endsWhenEmpty: Bool = false) {
        state = PoolState(
            settings: PoolSettings(processes: processes, mostJobs: mostJobs, mostResidentBytes: mostBytes),
            endsWhenEmpty: endsWhenEmpty)
    }

    mutating func tell(_ event: PoolEvent) -> [PoolAction] { state.answer(event, at: now) }

    /// Starts all processes and has them receive.
    mutating func begin() {
        for case .start(let worker) in tell(.began) { _ = tell(.receiving(worker)) }
    }

    /// The pause before a place that has just lost its process is filled again.
    mutating func pause(afterDeathOf worker: WorkerID, _ ending: ProcessEnding = .killed(signal: 9)) throws -> Duration
    {
        let actions = tell(.ended(worker, ending, nil))
        guard case .pause(place: worker.place, let pause) = try #require(actions.first), actions.count == 1 else {
            throw Unexpected(actions: actions)
        }
        return pause
    }

    struct Unexpected: Error { let actions: [PoolAction] }
}

private func worker(_ place: Int, _ generation: Int = 1) -> WorkerID { WorkerID(place: place, generation: generation) }

private let unreachable = StartFailure(status: 69, description: "Nothing answers.")

@Suite("A pool of processes")
struct PoolStateTests {
    @Test("starts as many as it should have")
    func begin() {
        var bench = Bench(3)
        #expect(bench.tell(.began) == [.start(worker(1)), .start(worker(2)), .start(worker(3))])
    }

    @Test("fills the place of one that died after a pause, and leaves the others alone")
    func death() throws {
        var bench = Bench(2)
        bench.begin()
        _ = try bench.pause(afterDeathOf: worker(2))
        #expect(bench.tell(.pauseOver(place: 2)) == [.start(worker(2, 2))])
        #expect(bench.tell(.pauseOver(place: 2)).isEmpty)
    }

    @Test("pauses longer each time that one dies soon, and no longer after one that lived")
    func backoff() throws {
        var bench = Bench(1)
        bench.begin()
        var pauses: [Duration] = []
        for generation in 1...9 {
            pauses.append(try bench.pause(afterDeathOf: worker(1, generation)))
            _ = bench.tell(.pauseOver(place: 1))
            _ = bench.tell(.receiving(worker(1, generation + 1)))
        }
        #expect(pauses[0] <= .milliseconds(500))
        #expect(pauses[3] >= .seconds(2) && pauses[3] <= .seconds(4))
        #expect(pauses[8] >= .seconds(30) && pauses[8] <= .seconds(60))
        bench.now += .seconds(10)
        #expect(try bench.pause(afterDeathOf: worker(1, 10)) <= .milliseconds(500))
    }

    @Test("replaces one that somebody else told to stop, without a tight loop")
    func toldByOthers() throws {
        var bench = Bench(1)
        bench.begin()
        #expect(try bench.pause(afterDeathOf: worker(1), .exited(status: 0)) > .zero)
    }

    @Test("does not hear what a process that was replaced has yet to say")
    func late() throws {
        var bench = Bench(1)
        bench.begin()
        _ = try bench.pause(afterDeathOf: worker(1))
        _ = bench.tell(.pauseOver(place: 1))
        for event in [
            PoolEvent.receiving(worker(1)), .ended(worker(1), .killed(signal: 9), nil), .deadlinePassed(worker(1)),
            .finishedJob(worker(1), residentBytes: 1),
        ] {
            #expect(bench.tell(event).isEmpty)
        }
    }
}

@Suite("A pool whose processes cannot begin")
struct PoolStartTests {
    @Test("ends with the first one's reason when all have failed so")
    func allFail() {
        var bench = Bench(2)
        _ = bench.tell(.began)
        let other = StartFailure(status: 2, description: "Other.")
        guard case .pause = bench.tell(.ended(worker(2), .exited(status: 2), other)).first else {
            Issue.record("One failure does not end the pool.")
            return
        }
        #expect(bench.tell(.ended(worker(1), .exited(status: 69), unreachable)) == [.end(unreachable)])
    }

    @Test("names the status of one that said nothing")
    func silent() {
        var bench = Bench(1)
        _ = bench.tell(.began)
        let failure = StartFailure(
            status: 127, description: "A worker process ended with status 127 before it could begin.")
        #expect(bench.tell(.ended(worker(1), .exited(status: 127), nil)) == [.end(failure)])
    }

    @Test("goes on while one of them works")
    func oneWorks() {
        var bench = Bench(2)
        _ = bench.tell(.began)
        _ = bench.tell(.receiving(worker(1)))
        for generation in 1...5 {
            let actions = bench.tell(.ended(worker(2, generation), .exited(status: 69), unreachable))
            guard case .pause = actions.first else { Issue.record("\(actions)"); return }
            _ = bench.tell(.pauseOver(place: 2))
        }
    }

    @Test("goes on when a store that it once reached is away for long")
    func storeAway() throws {
        var bench = Bench(1)
        bench.begin()
        _ = try bench.pause(afterDeathOf: worker(1))
        _ = bench.tell(.pauseOver(place: 1))
        guard case .pause = bench.tell(.ended(worker(1, 2), .exited(status: 69), unreachable)).first else {
            Issue.record("The pool has ended.")
            return
        }
    }

    @Test("takes one that was killed for one that can begin")
    func killed() throws {
        var bench = Bench(1)
        _ = bench.tell(.began)
        #expect(try bench.pause(afterDeathOf: worker(1)) > .zero)
    }
}

@Suite("A pool that makes room")
struct PoolReplacementTests {
    @Test("tells a process that has done enough to stop, one at a time, and fills its place at once")
    func jobLimit() {
        var bench = Bench(2, mostJobs: 2)
        bench.begin()
        #expect(bench.tell(.finishedJob(worker(1), residentBytes: 0)).isEmpty)
        #expect(bench.tell(.finishedJob(worker(1), residentBytes: 0)) == [.terminate(worker(1))])
        _ = bench.tell(.finishedJob(worker(2), residentBytes: 0))
        #expect(bench.tell(.finishedJob(worker(2), residentBytes: 0)).isEmpty)
        #expect(bench.tell(.ended(worker(1), .exited(status: 0), nil)) == [.start(worker(1, 2))])
        #expect(bench.tell(.receiving(worker(1, 2))) == [.terminate(worker(2))])
        #expect(bench.tell(.ended(worker(2), .exited(status: 0), nil)) == [.start(worker(2, 2))])
        // The fresh one has its jobs before it.
        _ = bench.tell(.receiving(worker(2, 2)))
        #expect(bench.tell(.finishedJob(worker(1, 2), residentBytes: 0)).isEmpty)
    }

    @Test("tells a process that has grown too large to stop")
    func memoryLimit() {
        var bench = Bench(1, mostBytes: 100)
        bench.begin()
        #expect(bench.tell(.finishedJob(worker(1), residentBytes: 100)).isEmpty)
        #expect(bench.tell(.finishedJob(worker(1), residentBytes: 101)) == [.terminate(worker(1))])
        #expect(bench.tell(.finishedJob(worker(1), residentBytes: 101)).isEmpty)
    }

    @Test("kills one that does not stop in time, and replaces it all the same")
    func deadline() {
        var bench = Bench(1, mostJobs: 1)
        bench.begin()
        _ = bench.tell(.finishedJob(worker(1), residentBytes: 0))
        #expect(bench.tell(.deadlinePassed(worker(1))) == [.kill(worker(1))])
        #expect(bench.tell(.ended(worker(1), .killed(signal: 9), nil)) == [.start(worker(1, 2))])
    }

    @Test("goes through all processes when settings change")
    func reload() {
        var bench = Bench(3)
        bench.begin()
        #expect(bench.tell(.settingsChanged(PoolSettings(processes: 3))) == [.terminate(worker(1))])
        #expect(bench.tell(.ended(worker(1), .exited(status: 0), nil)) == [.start(worker(1, 2))])
        #expect(bench.tell(.receiving(worker(1, 2))) == [.terminate(worker(2))])
        // One that dies while it makes room has made room.
        #expect(bench.tell(.ended(worker(2), .killed(signal: 11), nil)) == [.start(worker(2, 2))])
        #expect(bench.tell(.receiving(worker(2, 2))) == [.terminate(worker(3))])
    }

    @Test("keeps the others when the first with new settings cannot begin")
    func badReload() {
        var bench = Bench(2)
        bench.begin()
        _ = bench.tell(.settingsChanged(PoolSettings(processes: 2)))
        _ = bench.tell(.ended(worker(1), .exited(status: 0), nil))
        let actions = bench.tell(.ended(worker(1, 2), .exited(status: 2), unreachable))
        guard case .pause(place: 1, _) = actions.first, actions.count == 1 else {
            Issue.record("\(actions)")
            return
        }
        _ = bench.tell(.pauseOver(place: 1))
        #expect(bench.tell(.receiving(worker(1, 3))).isEmpty)
    }

    @Test("grows and shrinks")
    func size() {
        var bench = Bench(2)
        bench.begin()
        #expect(
            bench.tell(.settingsChanged(PoolSettings(processes: 4)))
                == [.start(worker(3)), .start(worker(4)), .terminate(worker(1))])
        #expect(
            bench.tell(.settingsChanged(PoolSettings(processes: 1)))
                == [.terminate(worker(2)), .terminate(worker(3)), .terminate(worker(4))])
        #expect(bench.tell(.ended(worker(3), .exited(status: 0), nil)).isEmpty)
        #expect(bench.tell(.ended(worker(1), .exited(status: 0), nil)) == [.start(worker(1, 2))])
    }

    @Test("does not take one in a place that is there again for the one that was told to leave it")
    func placeAgain() {
        var bench = Bench(2)
        bench.begin()
        _ = bench.tell(.settingsChanged(PoolSettings(processes: 1)))
        _ = bench.tell(.ended(worker(2), .exited(status: 0), nil))
        _ = bench.tell(.ended(worker(1), .exited(status: 0), nil))
        #expect(bench.tell(.settingsChanged(PoolSettings(processes: 2))).contains(.start(worker(2, 2))))
        #expect(bench.tell(.deadlinePassed(worker(2))).isEmpty)
    }

    @Test("begins again with the newest settings when they change twice")
    func twice() {
        var bench = Bench(1)
        bench.begin()
        _ = bench.tell(.settingsChanged(PoolSettings(processes: 1)))
        _ = bench.tell(.ended(worker(1), .exited(status: 0), nil))
        #expect(bench.tell(.settingsChanged(PoolSettings(processes: 1))) == [.terminate(worker(1, 2))])
    }
}

@Suite("A pool that ends")
struct PoolEndTests {
    @Test("tells every process to stop, and waits for all of them")
    func stop() throws {
        var bench = Bench(3)
        bench.begin()
        _ = try bench.pause(afterDeathOf: worker(3))
        #expect(bench.tell(.toldToStop) == [.terminate(worker(1)), .terminate(worker(2))])
        #expect(bench.tell(.pauseOver(place: 3)).isEmpty)
        #expect(bench.tell(.ended(worker(2), .exited(status: 0), nil)).isEmpty)
        #expect(bench.tell(.deadlinePassed(worker(1))) == [.kill(worker(1))])
        #expect(bench.tell(.ended(worker(1), .killed(signal: 9), nil)) == [.end(nil)])
    }

    @Test("ends at once where nothing runs")
    func stopWhileNothingRuns() throws {
        var bench = Bench(1)
        bench.begin()
        _ = try bench.pause(afterDeathOf: worker(1))
        #expect(bench.tell(.toldToStop) == [.end(nil)])
    }

    @Test("does not tell one that makes room a second time, nor replace it")
    func stopWhileReplacing() {
        var bench = Bench(2)
        bench.begin()
        _ = bench.tell(.settingsChanged(PoolSettings(processes: 2)))
        #expect(bench.tell(.toldToStop) == [.terminate(worker(2))])
        #expect(bench.tell(.ended(worker(1), .exited(status: 0), nil)).isEmpty)
        #expect(bench.tell(.ended(worker(2), .exited(status: 0), nil)) == [.end(nil)])
    }

    @Test("ends when all have found nothing left to do, and replaces those that died before")
    func untilEmpty() throws {
        var bench = Bench(2, endsWhenEmpty: true)
        bench.begin()
        #expect(bench.tell(.ended(worker(1), .exited(status: 0), nil)).isEmpty)
        _ = try bench.pause(afterDeathOf: worker(2))
        _ = bench.tell(.pauseOver(place: 2))
        #expect(bench.tell(.ended(worker(2, 2), .exited(status: 0), nil)) == [.end(nil)])
    }

    @Test("fails where nothing is left but processes that cannot begin")
    func untilEmptyFails() {
        var bench = Bench(2, endsWhenEmpty: true)
        bench.begin()
        _ = bench.tell(.ended(worker(1), .exited(status: 0), nil))
        _ = bench.tell(.ended(worker(2), .killed(signal: 9), nil))
        _ = bench.tell(.pauseOver(place: 2))
        #expect(bench.tell(.ended(worker(2, 2), .exited(status: 69), unreachable)) == [.end(unreachable)])
    }

    @Test("replaces one that makes room although it exits as if there were nothing left")
    func untilEmptyReplaces() {
        var bench = Bench(1, mostJobs: 1, endsWhenEmpty: true)
        bench.begin()
        _ = bench.tell(.finishedJob(worker(1), residentBytes: 0))
        #expect(bench.tell(.ended(worker(1), .exited(status: 0), nil)) == [.start(worker(1, 2))])
    }
}
