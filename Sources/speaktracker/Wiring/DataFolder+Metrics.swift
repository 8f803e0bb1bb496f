import EmbeddedBackend
import Queueing
import Telemetry

extension DataFolder {
    /// What the stores count, and how the queues are now.
    func metrics() async throws -> [MetricFamily] {
        let depths = try await QueueDepths(of: try await queues.queueNames(prefix: ""), in: queues)
        return storage.writer.statistics.metrics + queues.traffic.metrics + [depths.messages, depths.ages]
    }
}
