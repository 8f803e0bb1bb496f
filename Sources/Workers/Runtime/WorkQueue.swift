package import Queueing

/// A queue that a worker takes jobs from, with the configuration it had when the worker started.
package struct WorkQueue: Sendable {
    package let queue: any MessageQueue
    package let configuration: QueueConfiguration
    /// How long a delivery is this worker's without a sign of life.
    package let lease: Duration
    /// What the operator says of it now.
    let controls: @Sendable () async throws -> QueueControls

    /// Short, so that another worker has a crashed one's job within 15 s.
    package static let usualLease = Duration.seconds(12)

    package init(
        _ queue: any MessageQueue, lease: Duration = usualLease,
        tags: @escaping @Sendable () async throws -> [String: String] = { [:] }
    ) async throws {
        self.queue = queue
        self.lease = lease
        controls = { QueueControls(try await tags()) }
        configuration = try await queue.configuration()
    }

    /// Whether the store would take the message for dead if it were delivered once more.
    func isLastDelivery(_ delivery: Delivery) -> Bool {
        configuration.redrivePolicy?.isExhausted(receiveCount: delivery.receiveCount) ?? false
    }

    /// Whether a message must be sent anew rather than put back, for the store would take it for dead.
    ///
    /// A FIFO queue's messages are not sent anew: they would lose their place.
    func mustSendAnew(_ delivery: Delivery) -> Bool { isLastDelivery(delivery) && configuration.fifo == nil }

    /// Whether a message must be sent anew before its job is begun, so that a worker's death leaves it a delivery.
    ///
    /// A store that allows one delivery leaves no choice.
    func wouldDie(_ delivery: Delivery) -> Bool { mustSendAnew(delivery) && delivery.receiveCount > 1 }
}
