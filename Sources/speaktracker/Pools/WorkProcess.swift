import ArgumentParser
import Logging
import ServiceLifecycle
import SpeakModel
import Supervision
import Telemetry
import Workers

/// One of the processes that ``Work`` and ``Serve`` start: it finds its settings on standard input, and reports to whoever
/// started it.
struct WorkProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "work-process", shouldDisplay: false)

    @OptionGroup var work: WorkOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        guard let supervisor = SupervisorLink() else {
            throw ValidationError("work-process is started by `speaktracker work`; run that.")
        }
        do { try await work(for: supervisor) } catch {
            let status = EntryPoint.exitStatus(of: error)
            supervisor.send(.cannotStart(StartFailure(status: status, description: "\(error)")))
            throw ExitCode(status)
        }
    }

    private func work(for supervisor: SupervisorLink) async throws {
        let settings = try SettingsFile.fromSupervisor()
        let stores = try await store.open()
        let factory = WorkerFactory(
            stores: stores, timeZone: try calendar.zone(), logger: log.logger(service: "work"),
            settings: LiveSettings(settings), schedules: settings.allSchedules, stopWithin: .seconds(work.stopSeconds))
        let calls = CallReporter(calls: stores.calls, supervisor: supervisor)
        defer { calls.report() }
        let watch = SupervisorWatch(supervisor: supervisor, secondsToStop: work.stopSeconds)
        try await factory.work(
            on: work.queues.map(\.name), untilEmpty: work.untilEmpty,
            beside: [
                .init(service: watch, successTerminationBehavior: .gracefullyShutdownGroup), .init(service: calls),
            ],
            onReceiving: { supervisor.send(.receiving) }
        ) { supervisor.send(.job($0)) }
        try await stores.close()
    }
}

/// Ends when the supervisor has, so that its worker stops as at SIGTERM.
private struct SupervisorWatch: Service, CustomStringConvertible {
    let description = "SupervisorWatch"
    let supervisor: SupervisorLink
    let secondsToStop: Int

    func run() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        Task {
            await supervisor.supervisorEnded(endingAfter: secondsToStop + 1)
            end.finish()
        }
        for await _ in ends.cancelOnGracefulShutdown() {}
    }
}

/// Tells the supervisor now and then what was asked of services; a process that is killed leaves the last of it untold.
private struct CallReporter: Service, CustomStringConvertible {
    let description = "CallReporter"
    let calls: OutgoingCalls
    let supervisor: SupervisorLink

    private static let interval = Duration.seconds(5)

    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            // Cut short when the worker stops.
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
            report()
        }
    }

    /// What cannot be told now is told the next time.
    func report() {
        var listens = true
        for (call, count) in calls.take() {
            listens = listens && supervisor.send(.calls(call, count: count))
            if !listens { calls.note(call, count: count) }
        }
    }
}
