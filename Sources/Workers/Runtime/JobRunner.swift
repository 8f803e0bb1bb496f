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
        try await run(lease, from: source, handBack: OneTimeEvent())
        await lease.stop()
    }

    func lease(of delivery: Delivery, from source: WorkQueue) -> Lease {
        let lease = Lease(of: delivery, on: source.queue, for: source.lease, logger: logger)
        lease.keep()
        return lease
    }

    /// - Parameter handBack: Happens when the worker stops and cannot wait for the job.
    /// - Throws: Only what the stores throw. Then nothing was acknowledged, and the message comes again.
    func run(_ lease: Lease, from source: WorkQueue, handBack: OneTimeEvent) async throws {
        do {
            let document = try JobDocument(parsing: lease.delivery.body)
            let taken = JobDelivery(
                document: document, delivery: lease.delivery, source: source, lease: lease,
                settings: settings.current[document.kind])
            try await run(taken, handBack)
        } catch let error as JobDocumentError {
            try await refuse(lease, from: source, because: error)
        }
    }

    private func run(_ taken: JobDelivery, _ handBack: OneTimeEvent) async throws {
        if let wait = rates.take(taken.document.kind, perSecond: taken.settings.ratePerSecond) {
            try await putBack(taken.lease, on: taken.source, after: wait)
            return tell(.rateLimited, taken)
        }
        if taken.source.isLastDelivery(taken.delivery) {
            try await sendAnew(taken.lease, on: taken.source, after: .zero)
            return tell(.handedBack, taken)
        }
        guard let run = try await begin(taken) else { return }
        do { try await perform(run, handBack) } catch QueueError.leaseLost {
            await retract(run)
            tell(.leaseLost, run)
        }
    }

    private func perform(_ run: JobRun, _ handBack: OneTimeEvent) async throws {
        let watch = HandlerRun(
            timeout: run.taken.settings.timeout, grace: grace, leaseLost: run.lease.lost, handBack: handBack)
        let ending = await watch { try await handlers.handle(run.document, job: run.job) }
        switch ending {
        case .finished(.success(let outcome)): try await finish(run, outcome)
        case .finished(.failure(let error)): try await settle(run, error)
        case .interrupted(let interruption, let isStuck):
            try await settle(run, interruption)
            if isStuck { onStuckJob(run.document.kind) }
        }
    }

    private func finish(_ run: JobRun, _ outcome: Outcome) async throws {
        do {
            for followUp in outcome.followUps {
                try await persistently(run.lease) {
                    _ = try await enqueuer.enqueue(followUp, trace: run.delivery.trace.child())
                }
            }
            try await commit(outcome, of: run)
        } catch QueueError.leaseLost(let id) {
            throw QueueError.leaseLost(id)
        } catch {
            return try await settle(run, error)
        }
        logger.info("job completed", metadata: metadata(run))
        tell(.completed, run)
        try await remove(run.lease, from: run.taken.source)
    }

    func metadata(_ run: JobRun) -> Logger.Metadata {
        [
            "job.id": "\(run.document.id)", "kind": "\(run.document.kind.rawValue)", "attempt": "\(run.number)",
            "trace.id": "\(run.delivery.trace.traceID)", "queue": "\(run.taken.source.queue.name)",
        ]
    }

    func tell(_ outcome: JobEvent.Outcome, _ run: JobRun, isDeadLetter: Bool = false) {
        events(
            JobEvent(
                outcome: outcome, kind: run.document.kind, queue: run.taken.source.queue.name,
                duration: .now - run.begun, attempt: run.number, isDeadLetter: isDeadLetter))
    }

    /// Tells of a job that was not begun.
    func tell(_ outcome: JobEvent.Outcome, _ taken: JobDelivery) {
        events(
            JobEvent(
                outcome: outcome, kind: taken.document.kind, queue: taken.source.queue.name, duration: .zero, attempt: 0
            ))
    }
}
