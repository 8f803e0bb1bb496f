/// What a queue is told when it is created, named as SQS names its attributes.
package struct QueueConfiguration: Hashable, Sendable {
    /// How long a received message stays hidden unless the receiver says otherwise: 0 to 43,200 s.
    package var visibilityTimeout: Duration
    /// How long a sent message stays hidden unless the sender says otherwise: 0 to 900 s.
    package var delay: Duration
    /// How long a message is kept: 60 s to 14 days, counted from the first send.
    package var retentionPeriod: Duration
    /// The longest body, attributes included: 1,024 to 1,048,576 bytes.
    package var maximumMessageBytes: Int
    /// How long a receive waits for a message unless the receiver says otherwise: 0 to 20 s.
    package var receiveWait: Duration
    package var redrivePolicy: RedrivePolicy?
    /// `nil` for a standard queue.
    ///
    /// A queue's name ends in `.fifo` if, and only if, it has these.
    package var fifo: FIFOSettings?
    /// What else SQS lets a queue be told, by its name there: kept and given back, not acted on.
    package var otherAttributes: [String: String]

    package init(
        visibilityTimeout: Duration = .seconds(30),
        delay: Duration = .zero,
        retentionPeriod: Duration = .seconds(4 * 86_400),
        maximumMessageBytes: Int = QueueLimits.maximumMessageBytes,
        receiveWait: Duration = .zero,
        redrivePolicy: RedrivePolicy? = nil,
        fifo: FIFOSettings? = nil,
        otherAttributes: [String: String] = [:]
    ) {
        self.visibilityTimeout = visibilityTimeout
        self.delay = delay
        self.retentionPeriod = retentionPeriod
        self.maximumMessageBytes = maximumMessageBytes
        self.receiveWait = receiveWait
        self.redrivePolicy = redrivePolicy
        self.fifo = fifo
        self.otherAttributes = otherAttributes
    }
}
