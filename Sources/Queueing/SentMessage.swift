/// What a sender learns of its message.
package struct SentMessage: Hashable, Sendable {
    package let id: MessageID
    /// Its place in a FIFO queue: 20 digits that grow, not by ones.
    package let sequenceNumber: String?

    package init(id: MessageID, sequenceNumber: String? = nil) {
        self.id = id
        self.sequenceNumber = sequenceNumber
    }
}
