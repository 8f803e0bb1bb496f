import Logging
import Queueing
import SpeakModel
import Synchronization
import Telemetry

/// A worker at work on its queues.
final class OngoingWork: Sendable {
    let stop = Stop()
    private let runner: JobRunner
    private let stopsWhenEmpty: Bool
    private let controlInterval: Duration
    private let desks: [(source: WorkQueue, desk: Desk, removals: Removals)]
    /// With the stores that jobs need.
    private let trouble: Trouble
    private let failure = Mutex<(any Error)?>(nil)
    private let inHand = Mutex<InHand>(InHand())

    private struct InHand {
        var mustEnd = false
        var jobs: [ObjectIdentifier: OneTimeEvent] = [:]
        private var listeners: [AsyncStream<Void>.Continuation] = []

        mutating func remove(_ id: ObjectIdentifier) {
            jobs[id] = nil
            if jobs.isEmpty { for listener in listeners { listener.finish() } }
        }

        /// Finishes the stream when no job is in hand.
        mutating func whenEmpty(_ stream: AsyncStream<Void>.Continuation) {
            listeners.append(stream)
            if jobs.isEmpty { stream.finish() }
        }
    }

    init(sources: [WorkQueue], runner: JobRunner, stopsWhenEmpty: Bool, controlInterval: Duration) {
        self.runner = runner
        self.stopsWhenEmpty = stopsWhenEmpty
        self.controlInterval = controlInterval
        desks = sources.map { ($0, Desk(), Removals(from: $0, runner)) }
        trouble = Trouble(hasWorked: true, passingPatience: Self.patience(stopsWhenEmpty), logger: runner.logger)
    }

    /// Who waits for the end waits for no store that is away for long.
    private static func patience(_ stopsWhenEmpty: Bool) -> Duration? { stopsWhenEmpty ? Trouble.patience / 2 : nil }

    /// What ended the work before it was told to end.
    var error: (any Error)? { failure.withLock { $0 } }

    /// Returns when nothing is in hand any more.
    func run() async {
        stop.tell { for (_, desk, _) in self.desks { desk.close() } }
        await withDiscardingTaskGroup { group in
            for (source, desk, removals) in desks {
                group.addTask { await self.obeyControls(of: source, at: desk) }
                group.addTask { await self.take(from: source, at: desk, removals) }
            }
        }
    }

    private func end(with error: any Error) {
        failure.withLock { $0 = $0 ?? error }
        stop.happen()
    }

    /// Lets go of the jobs in hand.
    func handBackAll() {
        let jobs = inHand.withLock { inHand in
            inHand.mustEnd = true
            return Array(inHand.jobs.values)
        }
        for job in jobs { job.happen() }
    }

    func allAreEmpty() async throws -> Bool {
        for (source, desk, _) in desks where !desk.isPaused {
            if try await source.queue.statistics().total > 0 { return false }
        }
        return true
    }
}

// MARK: Taking deliveries

extension OngoingWork {
    private func take(from source: WorkQueue, at desk: Desk, _ removals: Removals) async {
        let trouble = Trouble(
            hasWorked: false, passingPatience: Self.patience(stopsWhenEmpty), logger: runner.logger)
        await withDiscardingTaskGroup { jobs in
            while let room = await desk.room() {
                await stop.sleep(for: max(trouble.pause, self.trouble.pause))
                do {
                    let wait = longestPoll(at: desk)
                    guard let deliveries = try await receive(room, from: source, wait: wait) else { continue }
                    trouble.isOver()
                    desk.took(deliveries.count)
                    for delivery in deliveries {
                        jobs.addTask { await self.handle(delivery, from: source, at: desk, removals) }
                    }
                    if deliveries.isEmpty { try await endIfEmpty() }
                } catch {
                    if trouble.isFatal(error) { end(with: error) }
                }
            }
        }
    }

    /// A poll that is cut short may have leased a message for nobody, so the stop lets it go on for as long as an answer
    /// takes that is on its way.
    private func receive(_ room: Int, from source: WorkQueue, wait: Duration) async throws -> [Delivery]? {
        try await stop.cancelling(after: stopsWhenEmpty ? .zero : Self.lastAnswer) {
            try await source.queue.receive(maximum: room, visibilityTimeout: source.lease, wait: wait)
        }
    }

    private static let lastAnswer = Duration.milliseconds(500)

    /// Who waits for the end finds out soon that another process has done what was left.
    private func longestPoll(at desk: Desk) -> Duration { stopsWhenEmpty ? .seconds(1) : desk.wait }

    private func handle(
        _ delivery: Delivery, from source: WorkQueue, at desk: Desk, _ removals: Removals
    ) async {
        let lease = runner.lease(of: delivery, from: source)
        do {
            if await desk.admit(unless: lease.lost) {
                if try await run(lease, from: source, at: desk) == .completed {
                    try await removals.remove(lease) { desk.isIdle }
                }
            } else {
                try await runner.release(lease, on: source)
            }
        } catch  where StoreFault(error) != nil {
            if trouble.isFatal(error) { end(with: error) }
        } catch {
            runner.logger.error(
                "delivery was not dealt with",
                metadata: [
                    "message.id": "\(delivery.id)", "trace.id": "\(delivery.trace.traceID)", "error": "\(error)",
                ])
        }
        await lease.stop()
        // Whether that failed is for the next receive to find out.
        if desk.isIdle { try? await endIfEmpty() }
    }

    /// Works on a job, and frees the hand that it had.
    private func run(_ lease: Lease, from source: WorkQueue, at desk: Desk) async throws -> RunEnding {
        let start = ContinuousClock.now
        var duration: Duration?
        defer { desk.finished(after: duration) }
        let handBack = OneTimeEvent()
        let id = ObjectIdentifier(handBack)
        let mustEnd = inHand.withLock { inHand in
            inHand.jobs[id] = handBack
            return inHand.mustEnd
        }
        defer { inHand.withLock { $0.remove(id) } }
        if mustEnd { handBack.happen() }
        let ending = try await runner.run(lease, from: source, handBack: handBack) { kind in
            self.inHand.withLock { $0.remove(id) }
            await self.end(forStuck: kind)
        }
        if ending != .notBegun { duration = .now - start }
        trouble.isOver()
        return ending
    }

    /// Ends the process for a thread that is lost, once the jobs beside it are back: they are not to blame.
    private func end(forStuck kind: JobKind) async {
        stop.happen()
        handBackAll()
        let (waiting, end) = AsyncStream.makeStream(of: Void.self)
        inHand.withLock { $0.whenEmpty(end) }
        let limit = Task {
            try await Task.sleep(for: runner.grace + .seconds(3))
            end.finish()
        }
        for await _ in waiting {}
        limit.cancel()
        runner.onStuckJob(kind)
    }

    private func endIfEmpty() async throws {
        if stopsWhenEmpty, try await allAreEmpty() { stop.happen() }
    }
}

// MARK: Controls

extension OngoingWork {
    /// Reads again and again what the operator says of a queue.
    ///
    /// What cannot be read stays as it was.
    private func obeyControls(of source: WorkQueue, at desk: Desk) async {
        var controls = QueueControls()
        var isReadable = true
        while !stop.hasHappened {
            do {
                let read = try await source.controls()
                if read != controls { log(read, of: source) }
                controls = read
                isReadable = true
            } catch {
                if isReadable {
                    runner.logger.warning(
                        "queue's tags cannot be read", metadata: ["queue": "\(source.queue.name)", "error": "\(error)"])
                }
                isReadable = false
            }
            var settings = JobQueue(rawValue: source.queue.name).map { runner.settings.current[$0] } ?? QueueSettings()
            settings.concurrency = controls.concurrency ?? settings.concurrency
            desk.apply(settings, isPaused: controls.isPaused)
            // Whether that failed is for the next time to find out.
            if controls.isPaused, desk.isIdle { try? await endIfEmpty() }
            await stop.sleep(for: controlInterval)
        }
    }

    private func log(_ controls: QueueControls, of source: WorkQueue) {
        runner.logger.notice(
            "queue's controls changed",
            metadata: [
                "queue": "\(source.queue.name)", "queue.paused": "\(controls.isPaused)",
                "queue.concurrency": "\(controls.concurrency.map(String.init) ?? "default")",
            ])
    }
}
