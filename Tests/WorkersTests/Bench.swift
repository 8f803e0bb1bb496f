import Documents
import EmbeddedBackend
import Foundation
import JSON
import Logging
import Queueing
import SpeakModel
import Synchronization
import Workers

/// A worker's surroundings: a fresh data folder, provisioned, with a clock that tests turn.
final class Bench: Sendable {
    let folder: DataFolder
    let clock: Clock
    let path: String

    init(at moment: String = "2026-01-05T03:00:00.000Z") async throws {
        clock = Clock(at: moment)
        path = NSTemporaryDirectory() + "speaktracker-workers-\(UUID().uuidString)"
        folder = try DataFolder.open(path, now: clock.now)
        try await Provisioning.provision(
            documents: folder.documents, queues: folder.queues, objects: folder.objects)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }  // A folder left behind harms nobody.

    var enqueuer: JobEnqueuer { JobEnqueuer(documents: folder.documents, queues: folder.queues, now: clock.now) }

    func runner(
        _ handlers: HandlerRegistry, documents: (any DocumentStore)? = nil, settings: WorkerSettings = WorkerSettings(),
        worker: WorkerIdentity = .current, grace: Duration = .seconds(5),
        events: @escaping @Sendable (JobEvent) -> Void = { _ in },
        onStuckJob: @escaping @Sendable (JobKind) -> Void = { _ in }
    ) -> JobRunner {
        var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        return JobRunner(
            documents: documents ?? folder.documents, enqueuer: enqueuer, handlers: handlers,
            settings: LiveSettings(settings), worker: worker, logger: logger, now: clock.now, grace: grace,
            events: events, onStuckJob: onStuckJob)
    }

    func source(_ queue: JobQueue, lease: Duration = WorkQueue.usualLease) async throws -> WorkQueue {
        try await WorkQueue(folder.queues.queue(named: queue.name), lease: lease) { [folder] in
            try await folder.queues.tags(ofQueueNamed: queue.name)
        }
    }

    func deadLetters(of queue: JobQueue = .statistics) async throws -> [MessageSummary] {
        try await folder.queues.queue(named: queue.deadLetterName).peek(maximum: 10)
    }

    /// Sends a body as it is, past the enqueuer.
    func send(_ body: String, to queue: JobQueue) async throws {
        try await folder.queues.queue(named: queue.name).send(OutgoingMessage(body: Array(body.utf8)))
    }

    /// Takes one delivery from a queue and runs it; `false` if there is none.
    @discardableResult
    func runNext(_ runner: JobRunner, on queue: JobQueue = .statistics) async throws -> Bool {
        let source = try await source(queue)
        guard let delivery = try await source.queue.receive(maximum: 1).first else { return false }
        try await runner.run(delivery, from: source)
        return true
    }

    func row(_ table: Table, _ key: Item) async throws -> Item? {
        try await folder.documents.get(key, from: table.name)
    }

    func status(of id: String) async throws -> Item {
        try await row(.asyncJobStatus, ["job_id": .string(id)]) ?? [:]
    }

    func statistics(of queue: String) async throws -> QueueStatistics {
        try await folder.queues.queue(named: queue).statistics()
    }
}

/// A clock that goes only when it is told to.
final class Clock: Sendable {
    private let moment: Mutex<Timestamp>

    init(at text: String) {
        guard let start = Timestamp(iso8601: text) else { preconditionFailure("\(text) is no moment.") }
        moment = Mutex(start)
    }

    var now: @Sendable () -> Timestamp {
        { self.moment.withLock { $0 } }
    }

    func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
}

/// A handler that does what a test says.
struct ScriptedHandler: JobHandler {
    var body: @Sendable (StatisticsAggregate, JobContext) async throws -> Outcome
    var failure: @Sendable (String) -> [DocumentWrite] = { _ in [] }

    func handle(_ payload: StatisticsAggregate, job: JobContext) async throws -> Outcome {
        try await body(payload, job)
    }

    func failureWrites(_ payload: StatisticsAggregate, job: JobContext, reason: String) -> [DocumentWrite] {
        failure(reason)
    }
}

/// A job for ``ScriptedHandler``.
func scripted(_ id: String) -> JobDocument {
    JobDocument(id: id, payload: StatisticsAggregate(date: "2026-01-05", studentEmail: "s@example.com"))
}

/// A write that counts how often it was committed.
func count(_ name: String, if condition: Condition? = nil) -> DocumentWrite {
    DocumentWrite(
        table: Table.users.name,
        .update(
            key: ["role": "counter", "email": .string(name)], UpdateExpression(add: [.init("count", 1)])),
        if: condition)
}

extension Bench {
    func count(of name: String) async throws -> Int {
        try await row(.users, ["role": "counter", "email": .string(name)])?["count"]?.int ?? 0
    }
}

extension WorkerSettings {
    /// One job of a queue at a time, and `change` for the kind of scripted jobs.
    static var one: WorkerSettings { with { _ in } }

    static func with(
        concurrency: Int = 1, prefetch: Int = 0, _ change: (inout KindSettings) -> Void = { _ in }
    ) -> WorkerSettings {
        var settings = WorkerSettings()
        settings[JobQueue.statistics] = QueueSettings(concurrency: concurrency, prefetch: prefetch)
        change(&settings[JobKind.statisticsAggregate])
        return settings
    }
}

/// What a worker told, for a test to wait on.
final class Events: Sendable {
    private let all = Mutex<[JobEvent]>([])
    private let (stream, continuation) = AsyncStream.makeStream(of: JobEvent.self)

    var note: @Sendable (JobEvent) -> Void {
        { event in
            self.all.withLock { $0.append(event) }
            self.continuation.yield(event)
        }
    }

    var outcomes: [JobEvent.Outcome] { all.withLock { $0.map(\.outcome) } }

    /// Waits until so many deliveries have come to that.
    func wait(for outcome: JobEvent.Outcome, count: Int = 1) async {
        if outcomes.count(where: { $0 == outcome }) >= count { return }
        for await _ in stream where outcomes.count(where: { $0 == outcome }) >= count { return }
    }
}

/// Waits until something is so, by asking again and again for at most half a minute.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
