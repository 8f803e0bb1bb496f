import ArgumentParser
import Gateway
import Logging
import Queueing
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

    /// - Parameter queue: One that workers take from, to see whether the store answers.
    func server(
        _ figures: PoolFigures, store: any QueueService, queue: String, _ log: LogOptions, _ logger: Logger
    ) throws -> PageServer? {
        guard let metricsPort else { return nil }
        return PageServer(
            host: metricsHost, port: metricsPort, keys: try metricsKeys.map { try AccessKeys(path: $0) },
            unreadiness: {
                figures.isReceiving ? await Self.problem(of: store, queue) : "No worker process takes jobs."
            }, metrics: { figures.metrics + ProcessMetrics.families }, logger: logger
        ) { [metricsHost] port in
            let host = metricsHost.contains(":") ? "[\(metricsHost)]" : metricsHost
            log.announce("Figures at http://\(host):\(port)/-/metrics", from: logger)
        }
    }

    private static let patience = Duration.seconds(5)

    /// Why the store does not answer a small question; `nil` where it does.
    private static func problem(of store: any QueueService, _ queue: String) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask {
                do { _ = try await store.queue(named: queue).statistics() } catch { return "\(error)" }
                return nil
            }
            group.addTask {
                // Cancelled by the answer.
                guard (try? await Task.sleep(for: patience)) != nil else { return nil }
                return "The store has not answered in \(patience.components.seconds) s."
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
