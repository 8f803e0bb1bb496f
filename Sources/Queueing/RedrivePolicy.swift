/// Where messages go that were received too often.
package struct RedrivePolicy: Hashable, Sendable {
    package var deadLetterQueueName: String
    /// A message received this often moves at the next receive: 1 to 1,000.
    package var maximumReceiveCount: Int

    package init(deadLetterQueueName: String, maximumReceiveCount: Int) {
        self.deadLetterQueueName = deadLetterQueueName
        self.maximumReceiveCount = maximumReceiveCount
    }
}
