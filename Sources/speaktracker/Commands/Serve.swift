import ArgumentParser
import EmbeddedBackend
import Foundation
import Gateway
import Logging
import ServiceLifecycle
import Supervision
import Telemetry
import UnixSignals
import Workers

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a data folder to AWS SDKs: SQS, DynamoDB and S3.",
        discussion:
            "Point an SDK at it with AWS_ENDPOINT_URL=http://127.0.0.1:4566. SIGTERM and Ctrl-C answer what has arrived, then stop."
    )

    @Option(help: .init("The folder with queues, tables and audio; made if it is not there.", valueName: "dir"))
    var data = "speaktracker-data"

    @Option(
        help: .init(
            "The address to listen on. Other machines can reach any but 127.0.0.1 and ::1, so those need --access-keys.",
            valueName: "ip"))
    var host = "127.0.0.1"

    @Option(help: .init("The port to listen on; 0 takes a free one.", valueName: "number"))
    var port = 4566

    @Option(
        help: .init(
            "Access keys that requests must be signed with: an id and a secret a line. Without it nobody is asked.",
            valueName: "file"))
    var accessKeys: String?

    @Flag(
        inversion: .prefixedNo,
        help: "As at AWS, let a minute pass between purges of a queue and after its deletion.")
    var cooldowns = true

    @Option(
        help: .init(
            "How often items whose time to live has passed and messages past their retention are deleted.",
            valueName: "seconds"))
    var sweepSeconds = 30

    @OptionGroup var served: ServedWorkers
    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var log: LogOptions

    func validate() throws {
        guard accessKeys != nil || ["127.0.0.1", "::1", "localhost"].contains(host) else {
            throw ValidationError(
                "Other machines can reach \(host), and whoever reaches the port may do everything: say --access-keys FILE."
            )
        }
        guard sweepSeconds >= 1 else { throw ValidationError("--sweep-seconds is a number from 1.") }
        guard (0...65_535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
    }

    func run() async throws {
        let logger = log.logger(service: "serve")
        let keys = try accessKeys.map { try AccessKeys(path: $0) }
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let pool = try served.pool(host: host, keys: keys, calendar, log, port: ports)
        let folder = try DataFolder.open(data)
        try await Provisioning.provision(documents: folder.documents, queues: folder.queues, objects: folder.objects)
        try await folder.queues.resumeMoves()
        try await folder.documents.resumeBackfilling()
        let gateway = Gateway(
            host: host, port: port, queues: folder.queues, documents: folder.documents, objects: folder.objects,
            keys: keys, cooldowns: cooldowns, pages: pages(of: folder, pool?.figures), logger: logger
        ) {
            [host, data, log] port in
            let endpoint = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
            folder.note(endpoint: endpoint)
            log.announce("Serving \(data) at \(endpoint)", from: logger)
            listening.yield(port)
            ProgramPages.release()
        }
        let sweeper = LifetimeSweeper(
            documents: folder.documents,
            others: [
                { try await folder.queues.sweepExpired(limit: $0) },
                { try await folder.objects.sweepExpired(limit: $0) },
            ],
            interval: .seconds(sweepSeconds), logger: logger)
        let audioSweeper = AudioSweeper(documents: folder.documents, objects: folder.objects, logger: logger)
        let services: [any Service] = [gateway, sweeper, audioSweeper]
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) } + (pool?.services ?? []),
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch {
            try folder.close()
            throw error
        }
        try folder.close()
    }

    private func pages(of folder: DataFolder, _ pool: PoolFigures?) -> PageSources {
        PageSources(
            metrics: { try await folder.metrics() + ProcessMetrics.families + (pool?.metrics ?? []) },
            unreadiness: { await folder.unreadiness() },
            jobs: FolderDesk(folder: folder))
    }
}
