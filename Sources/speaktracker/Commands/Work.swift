import ArgumentParser
import EmbeddedBackend
import Foundation
import Logging
import ServiceLifecycle
import SpeakModel
import Supervision
import UnixSignals
import Workers

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take jobs from the queues and do them.",
        discussion: """
            On services, a supervisor with worker processes; on a data folder, which belongs to one process, this one.

            SIGTERM and Ctrl-C finish the jobs in hand first, and hand back what takes too long. With --settings, \
            SIGHUP reads them again and replaces the processes one after another. After a SIGKILL, others go on where the killed one was.
            """)

    @Option(help: "Worker processes; as the settings say, or as many as there are processors, if left out.")
    var processes: Int?

    @Option(
        help: .init("How kinds, queues and processes are worked on, as docs/workers.md says.", valueName: "file.json"))
    var settings: String?

    @OptionGroup var work: WorkOptions
    @OptionGroup var pages: PoolPages
    @OptionGroup var store: StoreOptions
    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var log: LogOptions

    func validate() throws {
        guard let processes else { return }
        guard PoolSettings.sizes ~= processes else {
            throw ValidationError("--processes is \(processes); allowed is 1 to \(PoolSettings.sizes.upperBound).")
        }
        if processes > 1, let data = store.data { throw ValidationError(Self.oneOwner(data)) }
    }

    private static func oneOwner(_ data: String) -> String {
        "A data folder belongs to one process. For several, or one that makes room for another, run `speaktracker serve --data \(data) --workers N`."
    }

    func run() async throws {
        let file = try SettingsFile(settings)
        if let data = store.data {
            try Self.checkForOneProcess(file.settings.pool, on: data)
            try await workHere(file.settings, on: data)
        } else {
            try await supervise()
        }
    }

    /// Settings that only a supervisor can follow are refused.
    private static func checkForOneProcess(_ pool: PoolSettings, on data: String) throws {
        if pool.processes ?? 1 == 1, pool.mostJobs == nil, pool.mostResidentBytes == nil { return }
        throw CommandError(description: oneOwner(data), exitStatus: ExitStatus.badUsage)
    }

    private static func services(
        _ services: (any Service)?...
    ) -> [ServiceGroupConfiguration.ServiceConfiguration] {
        services.compactMap { $0.map { .init(service: $0) } }
    }

    private func workHere(_ read: WorkerSettings, on data: String) async throws {
        let stores = try await store.openOrCreate()
        let live = LiveSettings(read)
        let logger = log.logger(service: "work")
        let factory = WorkerFactory(
            stores: stores, timeZone: try calendar.zone(), logger: logger, settings: live,
            schedules: read.allSchedules, stopWithin: .seconds(work.stopSeconds))
        let queues = work.queues.map(\.name)
        let figures = PoolFigures()
        let progress = work.untilEmpty ? try await WorkProgress(on: queues, of: stores.queues) : nil
        let reloader = SettingsReloader(path: settings, logger: logger) { file in
            try Self.checkForOneProcess(file.settings.pool, on: data)
            live.replace(with: file.settings)
            if file.settings.allSchedules != read.allSchedules {
                logger.notice("schedules stay as they were until the next start")
            }
        }
        let store = (stores.joint as? DataFolder).map(PoolPages.Store.init)
        let server = try pages.server(
            figures, store: store ?? PoolPages.Store(stores, queues: work.queues), log, logger)
        try await factory.work(
            on: queues, untilEmpty: work.untilEmpty,
            beside: Self.services(reloader, server),
            onReceiving: { figures.noteReceivingHere() }
        ) {
            figures.note($0)
            progress?.note($0)
        }
        progress?.finish()
        try await stores.close()
    }

    private func supervise() async throws {
        let stores = try await store.open()
        let queues = work.queues.map(\.name)
        let progress = work.untilEmpty ? try await WorkProgress(on: queues, of: stores.queues) : nil
        let logger = log.logger(service: "work")
        let place = SupervisedPool.Place(
            arguments: store.arguments + calendar.arguments + log.arguments,
            environment: ProcessInfo.processInfo.environment)
        let (listens, listening) = AsyncStream.makeStream(of: Void.self)
        let pool = try SupervisedPool(
            processes: processes, settings: settings, work: work, logger: logger, onJob: { progress?.note($0) }
        ) {
            // Nowhere, where the port for pages could not be had.
            await listens.cancelOnGracefulShutdown().first { true } == nil ? nil : place
        }
        let store = PoolPages.Store(stores, queues: work.queues)
        let server = try pages.server(pool.figures, store: store, log, logger) {
            listening.yield()
        }
        let group = ServiceGroup(
            configuration: .init(
                services: Self.services(server) + pool.services,
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger.quiet))
        try await group.run()
        progress?.finish()
        try await stores.close()
    }
}
