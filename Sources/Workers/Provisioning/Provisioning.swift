package import Documents
package import Objects
package import Queueing
package import SpeakModel

/// Makes what jobs need: tables, queues with their dead-letter queues, the bucket.
///
/// Repeating it changes nothing.
package enum Provisioning {
    package static let bucket = "speaktracker-audio"

    /// A message that is delivered this often without coming to anything goes to the dead letters.
    ///
    /// Workers count a job's attempts themselves and give it up before; this is for messages that no worker can even begin.
    package static let maximumReceiveCount = 20

    /// How long a job may be silent before another worker gets it.
    ///
    /// Workers extend the lease while a job lives.
    package static let visibilityTimeout = Duration.seconds(30)

    /// Where spoken sentences are, in the bucket.
    package static let speechPrefix = "tts/"

    /// How long a bucket that cannot look at rows keeps spoken audio after it was put.
    ///
    /// As long as the rows that live longest and name it (FeedbackMessages), and a week, for ``SpeechLibrary`` lets new rows
    /// name what was put some days before.
    package static let speechLifetime = (Table.feedbackMessages.lifetime ?? .zero) + .days(7)

    /// The rule by which a bucket forgets them.
    package static let speechExpiry = ObjectExpiry(
        id: "speaktracker-speech", prefix: speechPrefix, days: Int(speechLifetime.components.seconds / 86_400))

    package static let tables = Table.allCases.map(\.schema)

    /// The queues, each behind its dead-letter queue.
    package static let queues: [(name: String, configuration: QueueConfiguration)] = JobQueue.allCases.flatMap {
        queue in
        [
            (
                queue.deadLetterName,
                QueueConfiguration(retentionPeriod: QueueLimits.retentionPeriod.upperBound)
            ),
            (
                queue.name,
                QueueConfiguration(
                    visibilityTimeout: visibilityTimeout,
                    redrivePolicy: RedrivePolicy(
                        deadLetterQueueName: queue.deadLetterName, maximumReceiveCount: maximumReceiveCount))
            ),
        ]
    }

    package static func provision(
        documents: any DocumentStore, queues: any QueueService, objects: any ObjectStore
    ) async throws {
        for table in tables { try await documents.createTable(table) }
        for queue in Self.queues {
            // One that is there stays as somebody has configured it.
            do { try await queues.createQueue(named: queue.name, queue.configuration) } catch QueueError.queueExists {}
        }
        try await objects.createBucket(bucket)
    }
}
