import ArgumentParser
import EmbeddedBackend
import Gateway
import Logging
import Queueing
import SpeakModel
import Supervision
import Telemetry

/// The port at which a pool shows how it is.
struct PoolPages: ParsableArguments {
    @Option(
        help: .init(
            "A port for /-/health, /-/ready and /-/metrics; 0 takes a free one. None if left out.", valueName: "number")
    )
    var metricsPort: Int?

    @Option(
        help: .init(
            "The address that port listens on. Other machines can reach any but 127.0.0.1 and ::1, so those need --metrics-keys.",
            valueName: "ip"))
    var metricsHost = "127.0.0.1"

    @Option(
        help: .init("Access keys that /-/metrics asks for: an id and a secret a line.", valueName: "file"))
    var metricsKeys: String?

    func validate() throws {
        guard 0...65_535 ~= metricsPort ?? 0 else { throw ValidationError("A port is a number from 0 to 65535.") }
        guard metricsKeys != nil || ["127.0.0.1", "::1", "localhost"].contains(metricsHost) else {
            throw ValidationError("Other machines can reach \(metricsHost): say --metrics-keys FILE.")
        }
    }

    /// - Parameter onListening: Called when there is nothing, or nothing more, to wait for.
    func server(
        _ figures: PoolFigures, store: Store, _ log: LogOptions, _ logger: Logger,
        onListening: @escaping @Sendable () -> Void = {}
    ) throws -> PageServer? {
        guard let metricsPort else {
            onListening()
            return nil
        }
        return PageServer(
            host: metricsHost, port: metricsPort, keys: try metricsKeys.map { try AccessKeys(path: $0) },
            unreadiness: {
                figures.isReceiving ? await store.problem() : "No worker process takes jobs."
            },
            metrics: {
                // A store that is away leaves the figures of the pool.
                let ofStore = (try? await store.metrics()) ?? []
                figures.note(store.calls.take())
                return figures.metrics + ProcessMetrics.families + ofStore
            }, logger: logger
        ) { [metricsHost] port in
            let host = metricsHost.contains(":") ? "[\(metricsHost)]" : metricsHost
            log.announce("Figures at http://\(host):\(port)/-/metrics", from: logger)
            onListening()
        }
    }

    /// What a pool's pages say of the store that it works on.
    struct Store: Sendable {
        /// Why it cannot be worked on; `nil` where it can.
        let problem: @Sendable () async -> String?
        let metrics: @Sendable () async throws -> [MetricFamily]
        /// What this process has asked of services.
        let calls: OutgoingCalls

        /// A folder of this process.
        init(_ folder: DataFolder) {
            problem = { await folder.unreadiness() }
            metrics = { try await folder.metrics() }
            calls = OutgoingCalls()
        }

        init(_ stores: Stores, queues: [JobQueue]) {
            let services = stores.queues
            let names = queues.flatMap { [$0.name, $0.deadLetterName] }
            problem = {
                do { _ = try await services.queue(named: names[0]).statistics() } catch { return "\(error)" }
                return nil
            }
            metrics = { [try await QueueDepths(of: names, in: services).messages] }
            calls = stores.calls
        }
    }
}
