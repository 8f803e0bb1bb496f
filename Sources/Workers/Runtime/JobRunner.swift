package import Documents
package import Logging
package import Queueing
package import SpeakModel
import Telemetry

/// Takes one delivery to its end: check, begin, handle, commit, acknowledge.
///
/// Delivery is at least once; effects are exactly once. All of a job's writes go into one transaction together with its
/// status, on the conditions that the job has not completed before and that this attempt is still the job's latest.
/// Whatever is killed, and whenever, another delivery finds the job either untouched or completed.
package struct JobRunner: Sendable {
    package let documents: any DocumentStore
    package let enqueuer: JobEnqueuer
    package let handlers: HandlerRegistry
    package let settings: LiveSettings
    package let worker: WorkerIdentity
    package let logger: Logger
    package let now: @Sendable () -> Timestamp
    package let events: @Sendable (JobEvent) -> Void
    /// Called when a handler does not return although it was told to: the process must end, for its thread is lost.
    package let onStuckJob: @Sendable (JobKind) -> Void
    /// How long a handler may take to return when it is told to.
    package let grace: Duration
    let rates = RateLimits()
    let company = Company()

    package init(
        documents: any DocumentStore, enqueuer: JobEnqueuer, handlers: HandlerRegistry,
        settings: LiveSettings = LiveSettings(), worker: WorkerIdentity = .current, logger: Logger,
        now: @escaping @Sendable () -> Timestamp, grace: Duration = .seconds(5),
        events: @escaping @Sendable (JobEvent) -> Void = { _ in },
        onStuckJob: @escaping @Sendable (JobKind) -> Void = { _ in }
    ) {
        self.documents = documents
        self.enqueuer = enqueuer
        self.handlers = handlers
        self.settings = settings
        self.worker = worker
        self.logger = logger
        self.now = now
        self.grace = grace
        self.events = events
        self.onStuckJob = onStuckJob
    }

    /// Takes a delivery to its end, with a lease of its own.
    package func run(_ delivery: Delivery, from source: WorkQueue) async throws {
        let lease = lease(of: delivery, from: source)
        let ending = try await run(lease, from: source, handBack: OneTimeEvent(), onStuckJob: onStuckJob)
        if ending == .completed { try await remove(lease, from: source) }
        await lease.stop()
    }

    func lease(of delivery: Delivery, from source: WorkQueue) -> Lease {
        let lease = Lease(of: delivery, on: source.queue, for: source.lease, logger: logger)
        lease.keep()
        return lease
    }

    /// - Parameters:
    ///   - handBack: Happens when the worker stops and cannot wait for the job.
    ///   - onStuckJob: Called when all is told of a job whose handler does not return.
    /// - Throws: Only what the stores throw. Then nothing was acknowledged, and the message comes again.
    func run(
        _ lease: Lease, from source: WorkQueue, handBack: OneTimeEvent,
        onStuckJob: @Sendable (JobKind) async -> Void
    ) async throws -> RunEnding {
        do {
            let document = try JobDocument(parsing: lease.delivery.body)
            let taken = JobDelivery(
                document: document, delivery: lease.delivery, source: source, lease: lease,
                settings: settings.current[document.kind], handBack: handBack)
            return try await run(taken, onStuckJob)
        } catch let error as JobDocumentError {
            try await refuse(lease, from: source, because: error)
            return .notBegun
        }
    }

    private func run(
        _ taken: JobDelivery, _ onStuckJob: @Sendable (JobKind) async -> Void
    ) async throws -> RunEnding {
        guard let run = try await begin(taken) else { return .notBegun }
        defer { company.leave() }
        do {
            if try await isHopeless(run) { return .notBegun }
            if taken.source.wouldDie(taken.delivery) {
                // What an earlier worker left is counted; the message goes on as another.
                try await self.handBack(run)
                return .notBegun
            }
            return try await perform(run, onStuckJob)
        } catch QueueError.leaseLost {
            await retract(run.attempt, of: taken)
            tell(.leaseLost, run)
        } catch let error where StoreFault(error) != nil {
            await retract(run.attempt, of: taken, after: error)
            throw error
        }
        return .dealtWith
    }

    private func perform(
        _ run: JobRun, _ onStuckJob: @Sendable (JobKind) async -> Void
    ) async throws -> RunEnding {
        let watch = HandlerRun(
            timeout: run.taken.settings.timeout, grace: grace, leaseLost: run.lease.lost, handBack: run.taken.handBack)
        let ending = await watch { try await handlers.handle(run.document, job: run.job) }
        switch ending {
        case .finished(.success(let outcome)): return try await finish(run, outcome)
        case .finished(.failure(let error)): try await settle(run, error)
        case .interrupted(let interruption, let isStuck):
            let settled = await Result.catching { try await settle(run, interruption) }
            if isStuck {
                if interruption == .leaseLost { await retract(run.attempt, of: run.taken) }
                await onStuckJob(run.document.kind)
            }
            try settled.get()
        }
        return .dealtWith
    }

    private func finish(_ run: JobRun, _ outcome: Outcome) async throws -> RunEnding {
        do {
            try await enqueue(outcome.followUps, of: run)
            try await commit(outcome, of: run)
        } catch QueueError.leaseLost(let id) {
            throw QueueError.leaseLost(id)
        } catch {
            if run.taken.handBack.hasHappened { try await handBack(run) } else { try await settle(run, error) }
            return .dealtWith
        }
        logger.info("job completed", metadata: metadata(run))
        tell(.completed, run)
        return .completed
    }

    /// Enqueues follow-ups, some at a time, for a day may have many.
    ///
    /// - Throws: `CancellationError` when the worker cannot wait for the rest; they are enqueued once more then.
    private func enqueue(_ followUps: [JobDocument], of run: JobRun) async throws {
        let trace = run.delivery.trace.child()
        for start in stride(from: 0, to: followUps.count, by: Self.followUpsAtATime) {
            if run.taken.handBack.hasHappened { throw CancellationError() }
            try await withThrowingTaskGroup { group in
                for followUp in followUps[start..<min(start + Self.followUpsAtATime, followUps.count)] {
                    group.addTask {
                        _ = try await persistentlyBeforeHandBack(run) {
                            try await enqueuer.enqueue(followUp, trace: trace)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private static let followUpsAtATime = 16

    func metadata(_ run: JobRun) -> Logger.Metadata { metadata(run.taken, ["attempt": "\(run.number)"]) }

    func metadata(_ taken: JobDelivery, _ more: Logger.Metadata = [:]) -> Logger.Metadata {
        [
            "job.id": "\(taken.document.id)", "kind": "\(taken.document.kind.rawValue)",
            "trace.id": "\(taken.delivery.trace.traceID)", "queue": "\(taken.source.queue.name)",
        ].merging(more) { $1 }
    }

    func tell(_ outcome: JobEvent.Outcome, _ run: JobRun, isDeadLetter: Bool = false) {
        tell(outcome, run.taken, after: .now - run.begun, attempt: run.number, isDeadLetter: isDeadLetter)
    }

    /// Tells of a job, by default of one that was not begun.
    func tell(
        _ outcome: JobEvent.Outcome, _ taken: JobDelivery, after duration: Duration = .zero, attempt: Int = 0,
        isDeadLetter: Bool = false
    ) {
        if outcome != .completed {
            logger.info(
                "delivery ended without a result",
                metadata: metadata(
                    taken,
                    [
                        "attempt": "\(attempt)", "job.outcome": "\(outcome.rawValue)",
                        "job.dead_letter": "\(isDeadLetter)",
                    ]))
        }
        events(
            JobEvent(
                outcome: outcome, kind: taken.document.kind, queue: taken.source.queue.name, duration: duration,
                attempt: attempt, isDeadLetter: isDeadLetter))
    }
}

extension Result where Failure == any Error {
    fileprivate static func catching(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
