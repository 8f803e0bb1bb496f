package import SpeakModel

/// A message as an operator sees it, without a lease.
package struct MessageSummary: Hashable, Sendable {
    package let id: MessageID
    package let body: [UInt8]
    package let attributes: [String: MessageAttribute]
    package let sentAt: Timestamp
    package let receiveCount: Int
    package let lastFailure: String?
    /// The queue that a dead letter came from.
    package let sourceQueueName: String?

    package init(
        id: MessageID, body: [UInt8], attributes: [String: MessageAttribute], sentAt: Timestamp, receiveCount: Int,
        lastFailure: String?, sourceQueueName: String?
    ) {
        self.id = id
        self.body = body
        self.attributes = attributes
        self.sentAt = sentAt
        self.receiveCount = receiveCount
        self.lastFailure = lastFailure
        self.sourceQueueName = sourceQueueName
    }
}
