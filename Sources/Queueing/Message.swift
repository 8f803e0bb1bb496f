package import SpeakModel

/// A message's name for its whole life, in every queue it passes through.
package struct MessageID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// The right to one delivery.
///
/// Each delivery has its own, so a late worker cannot finish another's job.
package struct Receipt: Hashable, Sendable {
    package let handle: String

    package init(handle: String) { self.handle = handle }
}

/// A value sent beside the body, such as `trace: (String, "1-abc")`.
package struct MessageAttribute: Hashable, Sendable {
    /// `String`, `Number` or `Binary`, with an optional label of the sender's: `Number.float`.
    package let dataType: String
    /// UTF-8 for strings and numbers.
    package let value: [UInt8]

    package init(dataType: String, value: [UInt8]) {
        self.dataType = dataType
        self.value = value
    }

    package static func string(_ text: String) -> MessageAttribute {
        .init(dataType: "String", value: Array(text.utf8))
    }
}

/// A message on its way into a queue.
package struct OutgoingMessage: Hashable, Sendable {
    package var body: [UInt8]
    package var attributes: [String: MessageAttribute]
    /// How long it stays hidden first; the queue's own delay when `nil`.
    package var delay: Duration?

    package init(body: [UInt8], attributes: [String: MessageAttribute] = [:], delay: Duration? = nil) {
        self.body = body
        self.attributes = attributes
        self.delay = delay
    }
}

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
    /// Why the delivery before this one failed, where somebody said so.
    package let lastFailure: String?

    package init(
        id: MessageID, receipt: Receipt, body: [UInt8], attributes: [String: MessageAttribute], sentAt: Timestamp,
        firstReceivedAt: Timestamp, receiveCount: Int, lastFailure: String?
    ) {
        self.id = id
        self.receipt = receipt
        self.body = body
        self.attributes = attributes
        self.sentAt = sentAt
        self.firstReceivedAt = firstReceivedAt
        self.receiveCount = receiveCount
        self.lastFailure = lastFailure
    }
}

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

/// A queue's figures at one moment.
///
/// Senders and receivers go on meanwhile, so they are approximate by nature.
package struct QueueStatistics: Hashable, Sendable {
    package var visible: Int
    /// Leased and not yet deleted.
    package var inFlight: Int
    /// Sent with a delay that has not passed.
    package var delayed: Int
    /// The age of the oldest message that is not in flight; `nil` when there is none.
    package var ageOfOldest: Duration?

    package init(visible: Int, inFlight: Int, delayed: Int, ageOfOldest: Duration?) {
        self.visible = visible
        self.inFlight = inFlight
        self.delayed = delayed
        self.ageOfOldest = ageOfOldest
    }

    package var total: Int { visible + inFlight + delayed }
}
