import Foundation
import Logging
import ServiceLifecycle
import Supervision
import Workers

/// A pool of worker processes of this program, with what belongs to it.
struct SupervisedPool {
    private let pool: WorkerPool
    private let reloader: SettingsReloader
    let figures: PoolFigures

    /// Where the processes work: what their command line says beside ``WorkOptions``, and their environment.
    struct Place: Sendable {
        var arguments: [String]
        var environment: [String: String]
    }

    /// - Parameters:
    ///   - processes: How many are asked for, whatever the settings say.
    ///   - settings: The file with the settings, read again at SIGHUP.
    ///   - place: Where to work, once that is known; `nil` for nowhere.
    init(
        processes: Int?, settings: String?, work: WorkOptions, logger: Logger,
        onJob: @escaping @Sendable (JobEvent) -> Void = { _ in }, place: @escaping @Sendable () async -> Place?
    ) throws {
        let file = try SettingsFile(settings)
        let (text, arguments) = (file.text, ["work-process"] + work.arguments)
        figures = PoolFigures()
        pool = WorkerPool(
            settings: file.settings.pool.sized(processes), endsWhenEmpty: work.untilEmpty,
            stopTime: .seconds(work.stopSeconds) + Self.grace, figures: figures, logger: logger, onJob: onJob
        ) {
            await place().map {
                WorkerCommand(arguments: arguments + $0.arguments, environment: $0.environment, settings: text)
            }
        }
        reloader = SettingsReloader(path: settings, logger: logger) { [pool] in
            pool.change(to: $0.settings.pool.sized(processes), text: $0.text)
        }
    }

    /// Processes end by themselves in time; whatever keeps them from it is killed then.
    private static let grace = Duration.seconds(1)

    /// The pool's end is the end of what runs beside it.
    var services: [ServiceGroupConfiguration.ServiceConfiguration] {
        [.init(service: reloader), .init(service: pool, successTerminationBehavior: .gracefullyShutdownGroup)]
    }
}
