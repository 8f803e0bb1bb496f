extension OutgoingMessage {
    /// The body, and of each attribute its name, its type and its value: what counts against the limits.
    package var bytes: Int {
        attributes.reduce(body.count) { sum, attribute in
            sum + attribute.key.utf8.count + attribute.value.dataType.utf8.count + attribute.value.value.count
        }
    }

    /// Checks what does not depend on the queue.
    ///
    /// - Throws: ``QueueError/outOfRange(parameter:value:allowed:)``.
    package func check() throws(QueueError) {
        if body.isEmpty { throw .outOfRange(parameter: "MessageBody", value: "empty", allowed: "at least one byte") }
        try MessageText.check(body, "MessageBody")
        if let delay { try QueueLimits.delay.check(delay, "DelaySeconds") }
        if attributes.count > QueueLimits.maximumAttributes {
            throw .outOfRange(
                parameter: "MessageAttributes", value: "\(attributes.count) attributes",
                allowed: "at most \(QueueLimits.maximumAttributes)")
        }
        for (name, attribute) in attributes { try attribute.check(name: name) }
    }

    /// Checks a batch: 1 to 10 messages that are good and together not too long.
    package static func check(batch: [OutgoingMessage]) throws(QueueError) {
        try QueueLimits.batch.check(batch.count, "the number of messages")
        for message in batch { try message.check() }
        let bytes = batch.reduce(0) { $0 + $1.bytes }
        if bytes > QueueLimits.maximumBatchBytes {
            throw .messageTooLong(bytes: bytes, limit: QueueLimits.maximumBatchBytes)
        }
    }
}
