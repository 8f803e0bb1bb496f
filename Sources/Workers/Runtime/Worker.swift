import Documents
import Logging
import Queueing
import ServiceLifecycle
import SpeakModel

/// Takes jobs from queues until it is told to stop or, if so asked, until they are empty.
///
/// On graceful shutdown it stops receiving, gives back what it has not begun, finishes what it has, and gives back what
/// cannot be finished in time.
package struct Worker: Service {
    private let sources: [WorkQueue]
    private let runner: JobRunner
    private let stopsWhenEmpty: Bool
    private let shutdown: ShutdownTimes
    private let controlInterval: Duration
    private let onReceiving: @Sendable () -> Void
    private let onOverdue: @Sendable () -> Void

    /// - Parameters:
    ///   - stopsWhenEmpty: Whether ``run()`` returns once no queue holds a message: none visible, delayed or in flight.
    ///     A paused queue counts as empty.
    ///   - stopWithin: How long the worker may take to stop when it is told to.
    ///   - controlInterval: How often it reads what the operator says of a queue.
    ///   - onReceiving: Called when the stores have answered, before the first job is taken.
    ///   - onOverdue: Called when it takes longer: the process must end.
    package init(
        sources: [WorkQueue], runner: JobRunner, stopsWhenEmpty: Bool, stopWithin: Duration = .seconds(30),
        controlInterval: Duration = .seconds(5), onReceiving: @escaping @Sendable () -> Void = {},
        onOverdue: @escaping @Sendable () -> Void = {}
    ) {
        self.sources = sources
        self.runner = runner
        self.stopsWhenEmpty = stopsWhenEmpty
        self.controlInterval = controlInterval
        self.onReceiving = onReceiving
        self.onOverdue = onOverdue
        shutdown = ShutdownTimes(whole: stopWithin, grace: runner.grace)
    }

    /// - Throws: What a store refuses, where waiting cannot help.
    package func run() async throws {
        // A table that is missing, or a key that is refused, should not be found out by jobs.
        _ = try await runner.documents.get(JobStatusRow.key("-"), from: Table.asyncJobStatus.name)
        let work = OngoingWork(
            sources: sources, runner: runner, stopsWhenEmpty: stopsWhenEmpty, controlInterval: controlInterval)
        if stopsWhenEmpty, try await work.allAreEmpty() { return }
        onReceiving()
        let watch = Task { await self.watch(work) }
        await finish(work)
        watch.cancel()
        if let error = work.error { throw error }
    }

    /// Whoever cancels the worker tells it to stop: jobs in hand must not see that, for they could not even be handed back.
    private func finish(_ work: OngoingWork) async {
        let working = Task { await work.run() }
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await working.value
            } onGracefulShutdown: {
                work.stop.happen()
            }
        } onCancel: {
            work.stop.happen()
        }
    }

    /// Sees to it that a stop comes to its end.
    private func watch(_ work: OngoingWork) async {
        do {
            let (stops, stopping) = AsyncStream.makeStream(of: Void.self)
            work.stop.tell { stopping.finish() }
            for await _ in stops {}
            try await Task.sleep(for: shutdown.finishing)
            work.handBackAll()
            try await Task.sleep(for: shutdown.handingBack)
            onOverdue()
        } catch {
            // All was done in time.
        }
    }
}

/// How the time to stop is divided.
private struct ShutdownTimes {
    /// For jobs to finish.
    let finishing: Duration
    /// For handlers to end, and for messages to be put back.
    let handingBack: Duration

    init(whole: Duration, grace: Duration) {
        handingBack = min(whole / 2, grace + .seconds(3))
        finishing = whole - handingBack
    }
}

extension Worker: CustomStringConvertible {
    /// The service group writes its services into its log lines; without this it would spell out all that handlers hold,
    /// an acoustic model among it.
    package var description: String { "worker" }
}
