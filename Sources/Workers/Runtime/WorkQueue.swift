package import Queueing

/// A queue that a worker takes jobs from, with the configuration it had when the worker started.
package struct WorkQueue: Sendable {
    package let queue: any MessageQueue
    package let configuration: QueueConfiguration

    package init(_ queue: any MessageQueue) async throws {
        self.queue = queue
        configuration = try await queue.configuration()
    }
}
