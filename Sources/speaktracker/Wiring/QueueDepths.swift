import Queueing
import Telemetry

/// How queues are at a moment, for Prometheus.
struct QueueDepths {
    private var queues: [(name: String, figures: QueueStatistics)] = []

    init(of names: [String], in service: any QueueService) async throws {
        for name in names {
            // One that is deleted meanwhile has no figures.
            do { queues.append((name, try await service.queue(named: name).statistics())) } catch QueueError.noSuchQueue
            {}
        }
    }

    var messages: MetricFamily {
        MetricFamily(
            "speaktracker_queue_messages", .gauge,
            help: "Messages in a queue: to be received, in a receiver's hands, or delayed.",
            queues.flatMap { name, figures in
                [("visible", figures.visible), ("in_flight", figures.inFlight), ("delayed", figures.delayed)].map {
                    .init(["queue": name, "state": $0], Double($1))
                }
            })
    }

    /// Of a store that knows them.
    var ages: MetricFamily {
        MetricFamily(
            "speaktracker_oldest_message_age_seconds", .gauge,
            help: "Age of the oldest message of a queue that nobody holds; 0 where there is none.",
            queues.map { name, figures in
                .init(["queue": name], figures.ageOfOldest.map { $0 / .seconds(1) } ?? 0)
            })
    }
}
