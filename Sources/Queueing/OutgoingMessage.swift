/// A message on its way into a queue.
package struct OutgoingMessage: Hashable, Sendable {
    package var body: [UInt8]
    package var attributes: [String: MessageAttribute]
    /// How long it stays hidden first; the queue's own delay when `nil`.
    package var delay: Duration?
    /// The group whose order it belongs to; a FIFO queue demands one.
    package var group: String?
    /// By what a FIFO queue knows it again.
    package var deduplicationID: String?
    /// What X-Ray traces it by: carried, not read.
    package var traceHeader: String?

    package init(
        body: [UInt8], attributes: [String: MessageAttribute] = [:], delay: Duration? = nil,
        group: String? = nil, deduplicationID: String? = nil, traceHeader: String? = nil
    ) {
        self.body = body
        self.attributes = attributes
        self.delay = delay
        self.group = group
        self.deduplicationID = deduplicationID
        self.traceHeader = traceHeader
    }
}
