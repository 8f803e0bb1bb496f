import EmbeddedBackend
import Queueing
import Telemetry

extension DataFolder {
    /// What the stores count, and how the queues are now.
    func metrics() async throws -> [MetricFamily] {
        var queues: [(name: String, figures: QueueStatistics)] = []
        for name in try await self.queues.queueNames(prefix: "") {
            // One that is deleted meanwhile has no figures.
            do { queues.append((name, try await self.queues.queue(named: name).statistics())) } catch QueueError
                .noSuchQueue
            {}
        }
        return storage.writer.statistics.metrics + self.queues.traffic.metrics + Self.depths(queues)
    }

    private static func depths(_ queues: [(name: String, figures: QueueStatistics)]) -> [MetricFamily] {
        [
            MetricFamily(
                "speaktracker_queue_messages", .gauge,
                help: "Messages in a queue: to be received, in a receiver's hands, or delayed.",
                queues.flatMap { name, figures in
                    [("visible", figures.visible), ("in_flight", figures.inFlight), ("delayed", figures.delayed)].map {
                        .init(["queue": name, "state": $0], Double($1))
                    }
                }),
            MetricFamily(
                "speaktracker_oldest_message_age_seconds", .gauge,
                help: "Age of the oldest message of a queue that nobody holds; 0 where there is none.",
                queues.map { name, figures in
                    .init(["queue": name], figures.ageOfOldest.map { $0 / .seconds(1) } ?? 0)
                }),
        ]
    }
}
