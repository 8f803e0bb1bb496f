package import Documents
package import Objects
package import Queueing
import SpeakModel

/// Makes what jobs need: tables, queues with their dead-letter queues, the bucket.
///
/// Repeating it changes nothing.
package enum Provisioning {
    package static let bucket = "speaktracker-audio"

    /// A job is tried this often before its message goes to the dead letters.
    package static let maximumReceiveCount = 5

    /// How long a job may be silent before another worker gets it.
    ///
    /// Workers extend the lease while a job lives.
    package static let visibilityTimeout = Duration.seconds(30)

    package static func provision(
        documents: any DocumentStore, queues: any QueueService, objects: any ObjectStore
    ) async throws {
        for table in Table.allCases { try await documents.createTable(table.schema) }
        for queue in JobQueue.allCases {
            let letters = QueueConfiguration(retentionPeriod: QueueLimits.retentionPeriod.upperBound)
            try await provision(queue.deadLetterName, letters, in: queues)
            try await provision(queue.name, configuration(of: queue), in: queues)
        }
        try await objects.createBucket(bucket)
    }

    /// Creates a queue, and leaves one that is there as somebody has configured it.
    private static func provision(
        _ name: String, _ configuration: QueueConfiguration, in queues: any QueueService
    ) async throws {
        do { try await queues.createQueue(named: name, configuration) } catch QueueError.queueExists {}
    }

    private static func configuration(of queue: JobQueue) -> QueueConfiguration {
        QueueConfiguration(
            visibilityTimeout: visibilityTimeout,
            redrivePolicy: RedrivePolicy(
                deadLetterQueueName: queue.deadLetterName, maximumReceiveCount: maximumReceiveCount))
    }
}
