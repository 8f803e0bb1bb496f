import Foundation
import Logging
import Processes
import Workers

/// One run of a pool: starts and stops processes as its state wants it.
struct PoolRun {
    var command: WorkerCommand
    var state: PoolState
    let stopTime: Duration
    let figures: PoolFigures
    let logger: Logger
    let onJob: @Sendable (JobEvent) -> Void
    let mailbox: AsyncStream<PoolLetter>.Continuation
    private var processes: [WorkerID: WorkerProcess] = [:]
    private var hasReceived = false
    private var failures: [WorkerID: StartFailure] = [:]

    init(
        command: WorkerCommand, state: PoolState, stopTime: Duration, figures: PoolFigures, logger: Logger,
        onJob: @escaping @Sendable (JobEvent) -> Void, mailbox: AsyncStream<PoolLetter>.Continuation
    ) {
        self.command = command
        self.state = state
        self.stopTime = stopTime
        self.figures = figures
        self.logger = logger
        self.onJob = onJob
        self.mailbox = mailbox
    }

    /// - Returns: Why no process could begin, if none could.
    mutating func finish(_ letters: AsyncStream<PoolLetter>) async -> StartFailure? {
        mailbox.yield(.event(.began))
        return await withDiscardingTaskGroup { timers in
            defer { timers.cancelAll() }
            for await letter in letters {
                guard let event = open(letter) else { continue }
                for action in state.answer(event, at: .now) {
                    if case .end(let failure) = action { return failure }
                    perform(action, &timers)
                }
            }
            return nil
        }
    }

    private mutating func open(_ letter: PoolLetter) -> PoolEvent? {
        switch letter {
        case .event(let event): return event
        case .report(let worker, let report): return read(report, of: worker)
        case .ended(let worker, let ending):
            return read(ending, of: worker)
        case .settings(let settings, let text):
            command.settings = text
            return .settingsChanged(settings)
        }
    }

    private mutating func read(_ report: WorkerReport, of worker: WorkerID) -> PoolEvent? {
        switch report {
        case .receiving:
            hasReceived = true
            figures.note(receiving: worker)
            logger.info("worker process receives", metadata: metadata(worker))
            return .receiving(worker)
        case .cannotStart(let failure):
            failures[worker] = failure
            return nil
        case .job(let event):
            figures.note(event)
            onJob(event)
            let bytes = processes[worker].flatMap { ResidentMemory.bytes(of: $0.number) } ?? 0
            return .finishedJob(worker, residentBytes: bytes)
        case .calls(let call, let count):
            figures.note([call: count])
            return nil
        }
    }

    private mutating func read(_ ending: ProcessEnding, of worker: WorkerID) -> PoolEvent {
        let failure = failures.removeValue(forKey: worker)
        var metadata = metadata(worker)
        metadata["worker.end"] = "\(ending)"
        metadata["worker.reason"] = failure.map { "\($0)" }
        logger.log(level: level(ending, failure), "worker process ended", metadata: metadata)
        processes[worker] = nil
        figures.note(ended: worker, ending)
        return .ended(worker, ending, failure)
    }

    /// While no process has ever begun, the reason may become the last word of the command, and is said then.
    private func level(_ ending: ProcessEnding, _ failure: StartFailure?) -> Logger.Level {
        if ending == .exited(status: 0) { return .info }
        return failure != nil && !hasReceived ? .debug : .warning
    }

    private mutating func perform(_ action: PoolAction, _ timers: inout DiscardingTaskGroup) {
        switch action {
        case .start(let worker): start(worker)
        case .terminate(let worker):
            figures.note(leaving: worker)
            processes[worker]?.signal(SIGTERM)
            send(.deadlinePassed(worker), after: stopTime, &timers)
        case .kill(let worker):
            logger.warning("worker process is killed: its time to stop is over", metadata: metadata(worker))
            processes[worker]?.signal(SIGKILL)
        case .pause(let place, let pause): send(.pauseOver(place: place), after: pause, &timers)
        case .end: break
        }
    }

    private mutating func start(_ worker: WorkerID) {
        do {
            let process = try WorkerProcess(command)
            processes[worker] = process
            figures.note(started: worker, process.number)
            process.watch { [mailbox] in
                mailbox.yield(.report(worker, $0))
            } end: { [mailbox] in
                mailbox.yield(.ended(worker, $0))
            }
        } catch {
            failures[worker] = StartFailure(status: 1, description: "No worker process can be started: \(error).")
            mailbox.yield(.ended(worker, .exited(status: 1)))
        }
    }

    private func send(_ event: PoolEvent, after pause: Duration, _ timers: inout DiscardingTaskGroup) {
        timers.addTask { [mailbox] in
            do { try await Task.sleep(for: pause) } catch { return }  // The run is over.
            mailbox.yield(.event(event))
        }
    }

    private func metadata(_ worker: WorkerID) -> Logger.Metadata {
        ["worker.place": "\(worker.place)", "worker.pid": "\(processes[worker]?.number ?? 0)"]
    }
}
