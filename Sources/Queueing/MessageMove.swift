package import SpeakModel

/// A move of a queue's messages into others, running or over.
package struct MessageMove: Hashable, Sendable {
    /// By the words of SQS.
    package enum Status: String, Sendable {
        case running = "RUNNING"
        case completed = "COMPLETED"
        case cancelled = "CANCELLED"
        case failed = "FAILED"
    }

    /// Why a move failed, by the words of SQS.
    package enum Failure: String, Sendable {
        /// A message was sent to the queue itself, so it came from nowhere, and no destination was given.
        case unknownSource = "CouldNotDetermineMessageSource"
        /// The queue that messages came from, or that they go to, has been deleted.
        case noSuchQueue = "AWS.SimpleQueueService.NonExistentQueue"
    }

    package let id: String
    package let sourceQueueName: String
    /// `nil` where each message goes to the queue it came from.
    package let destinationQueueName: String?
    /// Messages a second.
    package let rate: Int?
    package let startedAt: Timestamp
    /// How many messages there were to move at the start.
    package let messageCount: Int
    package var status: Status
    package var movedCount: Int
    package var failure: Failure?

    package init(
        id: String, sourceQueueName: String, destinationQueueName: String?, rate: Int?, startedAt: Timestamp,
        messageCount: Int, status: Status = .running, movedCount: Int = 0, failure: Failure? = nil
    ) {
        self.id = id
        self.sourceQueueName = sourceQueueName
        self.destinationQueueName = destinationQueueName
        self.rate = rate
        self.startedAt = startedAt
        self.messageCount = messageCount
        self.status = status
        self.movedCount = movedCount
        self.failure = failure
    }
}
