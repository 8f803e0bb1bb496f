package import SpeakModel

/// A message in the hands of one receiver, until its lease ends.
package struct Delivery: Hashable, Sendable {
    package let id: MessageID
    package let receipt: Receipt
    package let body: [UInt8]
    package let attributes: [String: MessageAttribute]
    package let sentAt: Timestamp
    package let firstReceivedAt: Timestamp
    /// How often it has been received, this delivery included.
    package let receiveCount: Int
    /// Why an earlier delivery failed: the last reason that somebody gave.
    package let lastFailure: String?
    /// The queue that a dead letter came from.
    package let sourceQueueName: String?
    /// What SQS knows beside: `MessageGroupId`, `MessageDeduplicationId`, `SequenceNumber`, `AWSTraceHeader`.
    package let systemAttributes: [String: String]

    package init(
        id: MessageID, receipt: Receipt, body: [UInt8], attributes: [String: MessageAttribute], sentAt: Timestamp,
        firstReceivedAt: Timestamp, receiveCount: Int, lastFailure: String?, sourceQueueName: String? = nil,
        systemAttributes: [String: String] = [:]
    ) {
        self.id = id
        self.receipt = receipt
        self.body = body
        self.attributes = attributes
        self.sentAt = sentAt
        self.firstReceivedAt = firstReceivedAt
        self.receiveCount = receiveCount
        self.lastFailure = lastFailure
        self.sourceQueueName = sourceQueueName
        self.systemAttributes = systemAttributes
    }
}
