import Foundation
import Logging
import Queueing
import ServiceLifecycle
import SpeakModel
import Speech
import UnixSignals
import Workers

/// Puts a worker together over a data folder.
struct WorkerFactory {
    let stores: Stores
    let timeZone: TimeZone
    let logger: Logger
    /// Of what is enqueued: who enqueues by a command is told by that.
    var enqueueingLevel = Logger.Level.info
    var settings = LiveSettings()
    var schedules = Schedule.all(configured: [])
    /// How long stopping may take.
    var stopWithin = Duration.seconds(30)

    var enqueuer: JobEnqueuer {
        JobEnqueuer(
            documents: stores.documents, queues: stores.queues, joint: stores.joint, logger: logger,
            level: enqueueingLevel, now: Timestamp.now)
    }

    /// Works on these queues until told to stop by SIGTERM or SIGINT or, if so asked, until they are empty.
    ///
    /// - Parameters:
    ///   - others: What runs beside the worker for as long as it does.
    ///   - onReceiving: Called when all is there that work needs.
    func work(
        on names: [String], untilEmpty: Bool, beside others: [ServiceGroupConfiguration.ServiceConfiguration] = [],
        onReceiving: @escaping @Sendable () -> Void = {}, events: @escaping @Sendable (JobEvent) -> Void
    ) async throws {
        var sources: [WorkQueue] = []
        for name in names {
            sources.append(
                try await WorkQueue(stores.queues.queue(named: name)) { [queues = stores.queues] in
                    try await queues.tags(ofQueueNamed: name)
                })
        }
        let runner = JobRunner(
            documents: stores.documents, enqueuer: enqueuer, handlers: try handlers, settings: settings,
            logger: logger, now: Timestamp.now, events: events,
            onStuckJob: { kind in
                ProcessEnd.now(
                    "A \(kind.rawValue) job took too long and cannot be stopped: this process ends, and the job is tried again."
                )
            })
        let worker = Worker(
            sources: sources, runner: runner, stopsWhenEmpty: untilEmpty, stopWithin: stopWithin,
            onReceiving: onReceiving,
            onOverdue: {
                ProcessEnd.now("Jobs could not be handed back in time: another worker gets them when their leases end.")
            })
        let group = ServiceGroup(
            configuration: .init(
                services: others + [
                    .init(service: worker, successTerminationBehavior: .gracefullyShutdownGroup)
                ] + sweepers + (untilEmpty ? [] : [.init(service: scheduler)]),
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger.quiet))
        try await group.run()
    }

    /// Services sweep by themselves: DynamoDB by the rows' lifetimes, S3 by the bucket's rules, and `serve` as it runs.
    private var sweepers: [ServiceGroupConfiguration.ServiceConfiguration] {
        guard stores.isFolder else { return [] }
        return [
            .init(service: LifetimeSweeper(documents: stores.documents, logger: logger)),
            .init(service: AudioSweeper(documents: stores.documents, objects: stores.objects, logger: logger)),
        ]
    }

    private var scheduler: Scheduler {
        Scheduler(
            schedules, in: timeZone, documents: stores.documents, enqueuer: enqueuer, logger: logger, now: Timestamp.now
        )
    }

    /// Ours; an option says more than it.
    private var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        guard let endpoint = stores.endpoint else { return environment }
        environment["AWS_ENDPOINT_URL"] = endpoint
        environment["AWS_ENDPOINT_URL_S3"] = nil
        return environment
    }

    private var handlers: HandlerRegistry {
        get throws {
            try .standard(
                documents: stores.documents, objects: stores.objects, synthesizer: EspeakSynthesizer.shared,
                assessor: ScorerOptions.installedAssessor(), timeZone: timeZone,
                links: try AudioLinks(environment: environment), now: Timestamp.now)
        }
    }
}
