import Documents
import EmbeddedBackend
import Foundation
import JSON
import Logging
import Queueing
import ServiceLifecycle
import SpeakModel
import Synchronization
import Testing
import Workers

@Suite("schedules")
struct SchedulerTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func scheduler(
        _ bench: Bench, _ schedules: [Schedule] = [.nightlyStatistics], documents: (any DocumentStore)? = nil,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) throws -> Scheduler {
        Scheduler(
            schedules, in: try #require(TimeZone(identifier: "Asia/Seoul")),
            documents: documents ?? bench.folder.documents, enqueuer: bench.enqueuer, logger: quiet,
            now: bench.clock.now, pause: pause)
    }

    /// Runs a scheduler through so many pauses, whose time passes at once; each may be changed.
    @discardableResult
    private static func run(
        _ bench: Bench, _ schedules: [Schedule] = [.nightlyStatistics], pauses most: Int,
        passing change: @escaping @Sendable (Duration) -> Duration = { $0 }
    ) async throws -> [Duration] {
        let pauses = Mutex<[Duration]>([])
        let scheduler = try scheduler(bench, schedules) { pause in
            let count = pauses.withLock { pauses in
                pauses.append(pause)
                return pauses.count
            }
            if count > most { throw CancellationError() }
            bench.clock.advance(by: change(pause))
        }
        try await scheduler.run()
        return pauses.withLock { $0 }
    }

    private static func jobs(_ bench: Bench) async throws -> [String] {
        try await bench.folder.queues.queue(named: JobQueue.statistics.name).peek(maximum: 1000)
            .map { try JobDocument(parsing: $0.body).id }
    }

    @Test("sleeps until it is time, an hour at most, and does each night once")
    func nightly() async throws {
        let bench = try await Bench(at: "2026-11-25T13:00:00.000Z")
        let pauses = try await Self.run(bench, pauses: 3)
        #expect(pauses.prefix(3) == [.seconds(3600), .seconds(3600), .seconds(600)])
        #expect(try await Self.jobs(bench) == ["statistics.aggregate@2026-11-26T00:10+09:00"])
        let row = try await bench.status(of: "statistics.aggregate@2026-11-26T00:10+09:00")
        #expect(row["status"] == "PENDING" && row["payload"] == ["date": "2026-11-25"])
    }

    @Test("what was before the first start is not made up for")
    func firstStart() async throws {
        let bench = try await Bench(at: "2026-11-25T15:10:01.000Z")
        try await Self.run(bench, pauses: 0)
        #expect(try await Self.jobs(bench).isEmpty)
    }

    @Test("a line that is changed brings nothing of the time before, and what comes after")
    func changedLine() async throws {
        let bench = try await Bench(at: "2026-11-20T00:00:00.000Z")
        func hourly(_ minute: Int) throws -> Schedule {
            try Schedule(
                [
                    "name": "hours", "cron": .string("\(minute) * * * *"), "kind": "statistics.aggregate",
                    "payload": ["date": "{today}"],
                ])
        }
        try await Self.run(bench, [try hourly(0)], pauses: 0)
        bench.clock.advance(by: .seconds(4 * 3600 + 1800))
        try await Self.run(bench, [try hourly(15)], pauses: 0)
        #expect(try await Self.jobs(bench).isEmpty)
        bench.clock.advance(by: .seconds(3600))
        try await Self.run(bench, [try hourly(15)], pauses: 0)
        #expect(try await Self.jobs(bench) == ["hours@2026-11-20T14:15+09:00"])
    }

    @Test("what was missed is made up for, in order and within its bound, and once")
    func catchUp() async throws {
        let bench = try await Bench(at: "2026-11-01T00:00:00.000Z")
        try await Self.run(bench, pauses: 0)
        bench.clock.advance(by: .days(30))
        try await Self.run(bench, pauses: 0)
        try await Self.run(bench, pauses: 0)
        let expected =
            (25...30).map { "statistics.aggregate@2026-11-\($0)T00:10+09:00" }
            + ["statistics.aggregate@2026-12-01T00:10+09:00"]
        #expect(try await Self.jobs(bench) == expected)
    }

    @Test("a schedule that makes up for nothing does what is due now, and nothing else")
    func noCatchUp() async throws {
        let bench = try await Bench(at: "2026-11-25T14:59:00.000Z")
        let schedule = try Schedule([
            "cron": "0 * * * *", "kind": "statistics.aggregate", "payload": ["date": "{today}"], "catch_up": 0,
        ])
        try await Self.run(bench, [schedule], pauses: 1)
        bench.clock.advance(by: .seconds(3 * 3600 + 1800))
        try await Self.run(bench, [schedule], pauses: 0)
        #expect(try await Self.jobs(bench) == ["statistics.aggregate@2026-11-26T00:00+09:00"])
    }

    @Test("many pools enqueue an occurrence once")
    func manyPools() async throws {
        let bench = try await Bench(at: "2026-11-25T15:00:00.000Z")
        try await Self.run(bench, pauses: 0)
        bench.clock.advance(by: .seconds(900))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try await Self.run(bench, pauses: 0) } }
            try await group.waitForAll()
        }
        #expect(try await Self.jobs(bench) == ["statistics.aggregate@2026-11-26T00:10+09:00"])
    }

    @Test("an occurrence that was done before is not done again, whatever the ledger lost")
    func doneBefore() async throws {
        let bench = try await Bench(at: "2026-11-25T15:00:00.000Z")
        try await Self.run(bench, pauses: 1)
        let handler = ScriptedHandler { _, _ in Outcome() }
        try await bench.runNext(bench.runner(HandlerRegistry([handler])))
        let ledger: Item = ["job_id": "schedule:statistics.aggregate"]
        try await bench.folder.documents.write(
            DocumentWrite(
                table: Table.asyncJobStatus.name,
                .update(key: ledger, .set(["last_occurrence": "2026-11-25T15:00:00.000Z"]))))
        try await Self.run(bench, pauses: 0)
        #expect(try await bench.statistics(of: JobQueue.statistics.name).total == 0)
    }

    @Test("who died between a job's row and its message leaves the message to another, after a minute")
    func halfDone() async throws {
        let bench = try await Bench(at: "2026-11-25T15:00:00.000Z")
        try await Self.run(bench, pauses: 0)
        bench.clock.advance(by: .seconds(601))
        let id = "statistics.aggregate@2026-11-26T00:10+09:00"
        try await bench.folder.documents.write(
            DocumentWrite(
                table: Table.asyncJobStatus.name,
                .put(["job_id": .string(id), "status": "PENDING", "created_at": "2026-11-25T15:10:00.000Z"])))
        let pauses = try await Self.run(bench, pauses: 0)
        #expect(pauses == [.seconds(59)])
        #expect(try await Self.jobs(bench).isEmpty)
        bench.clock.advance(by: .seconds(60))
        try await Self.run(bench, pauses: 0)
        try await Self.run(bench, pauses: 0)
        #expect(try await Self.jobs(bench) == [id])
    }

    @Test("a store that fails now and then loses nothing, and what it makes send twice is done once")
    func faults() async throws {
        for seed in 0..<10 {
            let bench = try await Bench(at: "2026-11-25T15:00:00.000Z")
            try await Self.run(bench, pauses: 0)
            let faulty = FaultyDocuments(bench.folder.documents, seed: UInt64(seed), percent: 20)
            let pauses = Mutex(0)
            let scheduler = try Self.scheduler(bench, documents: faulty) { pause in
                let number = pauses.withLock { pauses in
                    pauses += 1
                    return pauses
                }
                if number > 60 { throw CancellationError() }
                bench.clock.advance(by: pause)
            }
            try await scheduler.run()
            let jobs = Set(try await Self.jobs(bench))
            #expect(jobs.contains("statistics.aggregate@2026-11-26T00:10+09:00"))
            let counting = ScriptedHandler { _, job in Outcome(plan: { _, _ in [count(job.id)] }) }
            let runner = bench.runner(HandlerRegistry([counting]))
            while try await bench.runNext(runner) {}
            for job in jobs { #expect(try await bench.count(of: job) == 1) }
        }
    }

    @Test("a scheduler that sleeps stops at once when told to")
    func stops() async throws {
        let bench = try await Bench()
        let (asleep, sleeping) = AsyncStream<Void>.makeStream()
        let scheduler = try Self.scheduler(bench) { pause in
            sleeping.yield()
            try await Task.sleep(for: pause)
        }
        let group = ServiceGroup(services: [scheduler], logger: Self.quiet)
        let running = Task { try await group.run() }
        for await _ in asleep { break }
        await group.triggerGracefulShutdown()
        try await running.value
    }

    @Test(
        "what is no schedule is refused in a sentence",
        arguments: [
            ("[]", "must be a JSON object, not array."),
            (#"{"cron":"0 0 * * *","kind":"sing"}"#, "needs a kind: one of sentence.synthesize, "),
            (#"{"kind":"statistics.aggregate"}"#, "needs a cron line such as 10 0 * * *."),
            (
                #"{"cron":"0 0 * *","kind":"statistics.aggregate"}"#,
                "has no cron line: “0 0 * *” has 4 fields; a cron line has five."
            ),
            (#"{"cron":"0 0 * * *","kind":"statistics.aggregate"}"#, "makes no valid job: payload.date is missing."),
            (
                #"{"cron":"0 0 * * *","kind":"statistics.aggregate","payload":{"date":"{tomorrow}"}}"#,
                "makes no valid job: payload.date must be a date written YYYY-MM-DD."
            ),
            (
                #"{"cron":"0 0 * * *","kind":"feedback.synthesize","payload":{"composite_key":"a#b","timestamp":"{time}","message":"{hour} {x}"}}"#,
                "has {hour} in its payload; what is filled in is {today}, {yesterday}, {time}."
            ),
            (
                #"{"cron":"0 0 * * *","kind":"statistics.aggregate","payload":{"date":"{today}"},"when":1}"#,
                "has when, which is not a field of a schedule."
            ),
            (
                #"{"cron":"0 0 * * *","kind":"statistics.aggregate","payload":{"date":"{today}"},"catch_up":-1}"#,
                "has a catch_up that is no whole number from 0 to 100."
            ),
            (
                #"{"cron":"0 0 * * *","kind":"statistics.aggregate","payload":{"date":"{today}"},"name":"a@b"}"#,
                "needs a name of 1 to 100 characters on one line, without @."
            ),
        ])
    func refused(_ text: String, _ reason: String) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        let error = #expect(throws: ScheduleError.self) { try Schedule(json) }
        #expect(error?.description.hasPrefix("Not a valid schedule: it " + reason) == true)
    }

    @Test("a configured schedule of the same name takes the place of the program's own")
    func configured() throws {
        let other = try Schedule([
            "cron": "0 3 * * *", "kind": "statistics.aggregate", "payload": ["date": "{yesterday}"],
        ])
        #expect(Schedule.all(configured: [other]) == [other])
        #expect(Schedule.all(configured: []) == [.nightlyStatistics])
    }
}
