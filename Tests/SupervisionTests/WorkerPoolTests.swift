import JSON
import Logging
import Processes
import SpeakModel
import Supervision
import Synchronization
import Telemetry
import Testing
import Workers

/// A pool whose processes are shell scripts: what they write to descriptor 3 is what a worker reports.
private struct ScriptedPool {
    static let receiving = #"printf '{"receiving":true}' >&3; "#

    let figures = PoolFigures()
    let pool: WorkerPool
    private let jobs: AsyncStream<JobEvent>

    init(
        _ script: String, processes: Int = 1, endsWhenEmpty: Bool = false, stopTime: Duration = .seconds(30),
        settings: String = ""
    ) {
        let (jobs, told) = AsyncStream.makeStream(of: JobEvent.self)
        self.jobs = jobs
        pool = WorkerPool(
            settings: PoolSettings(processes: processes), endsWhenEmpty: endsWhenEmpty, stopTime: stopTime,
            figures: figures, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onJob: { told.yield($0) }
        ) {
            WorkerCommand(
                program: "/bin/sh", arguments: ["-c", script], environment: ["NAME": "value"],
                settings: Array(settings.utf8))
        }
    }

    var metrics: String { PrometheusText.page(figures.metrics) }

    /// Runs until a process has told of a job, then tells all to stop, and waits for their end.
    func runUntilFirstJob() async throws -> JobEvent? {
        let run = Task { try await pool.run() }
        let job = await jobs.first { _ in true }
        run.cancel()
        try await run.value
        return job
    }
}

/// A job's report as a script writes it; `queue` may be what the shell makes of it.
private func job(queue: String) -> String {
    #"printf '{"outcome":"completed","kind":"sentence.synthesize","queue":"%s","seconds":0.5,"attempt":1}' \#(queue) >&3; "#
}

@Suite("A pool of real processes", .timeLimit(.minutes(1)))
struct WorkerPoolTests {
    /// Waits, like a worker that has nothing to do, until the supervisor goes or a signal comes.
    static let wait = "read line <&3; "

    @Test("hears what processes report, and tells them to stop")
    func reports() async throws {
        let pool = ScriptedPool(
            "trap 'exit 0' TERM; " + ScriptedPool.receiving + job(queue: "here") + Self.wait)
        let event = try #require(try await pool.runUntilFirstJob())
        #expect(event.kind == .sentenceSynthesize && event.queue == "here" && event.duration == .milliseconds(500))
        #expect(pool.metrics.contains(#"speaktracker_jobs_total{kind="sentence.synthesize",outcome="completed"} 1"#))
        #expect(!pool.metrics.contains("speaktracker_worker_deaths_total{"))
        #expect(!pool.figures.isReceiving)
    }

    @Test("gives a process its settings, its environment, and no descriptor of ours")
    func whatAProcessFinds() async throws {
        let pool = ScriptedPool(
            "trap 'exit 0' TERM; " + ScriptedPool.receiving
                + job(queue: #""$(cat)-$NAME-$(ls /proc/self/fd | tr -d '\n')""#) + Self.wait, settings: "settings")
        // 0, 1, 2 and 3, and with which `ls` reads the list.
        #expect(try await pool.runUntilFirstJob()?.queue == "settings-value-01234")
    }

    @Test("kills what does not stop in time")
    func deadline() async throws {
        let pool = ScriptedPool(
            "trap '' TERM; " + ScriptedPool.receiving + job(queue: "x") + "while :; do " + Self.wait + "done",
            stopTime: .milliseconds(50))
        _ = try await pool.runUntilFirstJob()
        #expect(pool.metrics.contains(#"speaktracker_worker_deaths_total{end="signal 9"} 1"#))
    }

    @Test("replaces what crashes")
    func crash() async throws {
        // The first one to make the folder dies.
        let folder = "/tmp/speaktracker-\(UInt64.random(in: 0...UInt64.max))"
        let pool = ScriptedPool(
            "trap 'exit 0' TERM; " + ScriptedPool.receiving
                + "if mkdir \(folder); then kill -SEGV $$; fi; rmdir \(folder); " + job(queue: "x") + Self.wait)
        _ = try await pool.runUntilFirstJob()
        #expect(pool.metrics.contains(#"speaktracker_worker_deaths_total{end="signal 11"} 1"#))
        #expect(pool.metrics.contains("speaktracker_worker_restarts_total 1"))
    }

    @Test("ends with the reason of processes that cannot begin")
    func cannotStart() async throws {
        let pool = ScriptedPool(#"printf '{"status":69,"reason":"Nothing answers."}' >&3; exit 69"#, processes: 3)
        await #expect(throws: StartFailure(status: 69, description: "Nothing answers.")) { try await pool.pool.run() }
    }

    @Test("ends when processes that may end by themselves have")
    func untilEmpty() async throws {
        let pool = ScriptedPool(ScriptedPool.receiving + job(queue: "x"), processes: 3, endsWhenEmpty: true)
        try await pool.pool.run()
        #expect(pool.metrics.contains(#"outcome="completed"} 3"#))
    }

    @Test("is not upset by a process that talks nonsense")
    func nonsense() async throws {
        let nonsense = ["{", #"{"outcome":"x"}"#, #"{"status":99999999999,"reason":""}"#, "\\377", "null"]
        let pool = ScriptedPool(
            nonsense.map { "printf '\($0)' >&3; " }.joined() + ScriptedPool.receiving + job(queue: "x"),
            endsWhenEmpty: true)
        try await pool.pool.run()
        #expect(pool.metrics.contains(#"outcome="completed"} 1"#))
    }

    @Test("says what is in the way of starting any process")
    func noProgram() async throws {
        let pool = WorkerPool(
            settings: PoolSettings(processes: 2), endsWhenEmpty: false, stopTime: .zero, figures: PoolFigures(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { WorkerCommand(program: "/nowhere", arguments: [], environment: [:]) }
        let failure = StartFailure(
            status: 1, description: "No worker process can be started: No such file or directory.")
        await #expect(throws: failure) { try await pool.run() }
    }
}

@Suite("A report")
struct WorkerReportTests {
    @Test(
        "says the same after its way through JSON",
        arguments: [
            WorkerReport.receiving, .cannotStart(StartFailure(status: 2, description: "It \"failed\".\n")),
            .job(.init(outcome: .handedBack, kind: nil, queue: "q", duration: .milliseconds(1), attempt: 0)),
            .job(
                .init(
                    outcome: .completed, kind: .archiveRescore, queue: "q", duration: .seconds(4), attempt: 3,
                    isDeadLetter: true)),
            .calls(OutgoingCall(service: "s3", operation: "HeadObject", status: 404), count: 7),
            .calls(OutgoingCall(service: "sqs", operation: "ReceiveMessage", status: nil), count: 1),
        ])
    func roundTrip(_ report: WorkerReport) {
        #expect(WorkerReport(parsing: report.json.utf8) == report)
    }

    @Test("is short, however long the reason")
    func length() {
        let failure = StartFailure(status: 1, description: String(repeating: "긴", count: 100_000))
        let bytes = WorkerReport.cannotStart(failure).json.utf8
        #expect(bytes.count <= 4096)
        #expect(WorkerReport(parsing: bytes) != nil)
    }
}
