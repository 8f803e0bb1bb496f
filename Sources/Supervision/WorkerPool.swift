package import Logging
import ServiceLifecycle
package import Workers

/// Runs a pool of worker processes until it is told to stop or, if so asked, until they find nothing left to do.
///
/// A process that dies is replaced. On graceful shutdown processes finish the jobs in hand; one that needs longer than
/// it may is killed, and its jobs come back to whoever works on when their leases end.
package struct WorkerPool: Service, CustomStringConvertible {
    package let description = "WorkerPool"
    private let command: @Sendable () async -> WorkerCommand?
    private let finish: @Sendable (WorkerCommand) async -> StartFailure?
    private let mailbox: AsyncStream<PoolLetter>.Continuation

    /// - Parameters:
    ///   - command: What is started, once that is known; `nil` to start nothing.
    ///   - endsWhenEmpty: Whether processes end by themselves, with status 0, when there is nothing left to do.
    ///   - stopTime: How long a process may go on after it was told to stop.
    ///   - onJob: What the processes tell of their jobs.
    package init(
        settings: PoolSettings, endsWhenEmpty: Bool, stopTime: Duration,
        restarts: RestartPolicy = RestartPolicy(), figures: PoolFigures, logger: Logger,
        onJob: @escaping @Sendable (JobEvent) -> Void = { _ in },
        command: @escaping @Sendable () async -> WorkerCommand?
    ) {
        let (letters, mailbox) = AsyncStream.makeStream(of: PoolLetter.self)
        self.mailbox = mailbox
        self.command = command
        finish = { command in
            var run = PoolRun(
                command: command,
                state: PoolState(settings: settings, endsWhenEmpty: endsWhenEmpty, restarts: restarts),
                stopTime: stopTime, figures: figures, logger: logger, onJob: onJob, mailbox: mailbox)
            return await run.finish(letters)
        }
    }

    /// Replaces the processes, one after another, by such that have these settings.
    package func change(to settings: PoolSettings, text: [UInt8]) { mailbox.yield(.settings(settings, text)) }

    /// - Throws: ``StartFailure`` where no process could begin.
    package func run() async throws {
        guard let command = await command() else { return }
        // Also where a failure elsewhere cancels this, the processes are told to stop and waited for.
        let processes = Task { await finish(command) }
        let failure = await withTaskCancellationOrGracefulShutdownHandler {
            await processes.value
        } onCancelOrGracefulShutdown: {
            mailbox.yield(.event(.toldToStop))
        }
        if let failure { throw failure }
    }
}
