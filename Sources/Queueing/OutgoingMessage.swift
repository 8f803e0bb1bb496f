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
