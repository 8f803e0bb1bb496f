extension QueueConfiguration {
    /// Checks every value against the limits of SQS.
    ///
    /// - Parameter name: The queue's name, which its own dead letters cannot go to.
    /// - Throws: ``QueueError/outOfRange(parameter:value:allowed:)``.
    package func check(forQueueNamed name: String) throws(QueueError) {
        try QueueLimits.visibilityTimeout.check(visibilityTimeout, "VisibilityTimeout")
        try QueueLimits.delay.check(delay, "DelaySeconds")
        try QueueLimits.retentionPeriod.check(retentionPeriod, "MessageRetentionPeriod")
        try QueueLimits.messageBytes.check(maximumMessageBytes, "MaximumMessageSize")
        try QueueLimits.wait.check(receiveWait, "ReceiveMessageWaitTimeSeconds")
        if name.hasSuffix(Self.fifoSuffix) != (fifo != nil) {
            throw .outOfRange(
                parameter: "QueueName", value: name,
                allowed: "a name that ends in .fifo for FIFO queues, and for no others")
        }
        guard let redrivePolicy else { return }
        try QueueLimits.maximumReceiveCount.check(redrivePolicy.maximumReceiveCount, "maxReceiveCount")
        if redrivePolicy.deadLetterQueueName == name {
            throw .outOfRange(parameter: "deadLetterTargetArn", value: name, allowed: "another queue")
        }
        if redrivePolicy.deadLetterQueueName.hasSuffix(Self.fifoSuffix) != (fifo != nil) {
            throw .outOfRange(
                parameter: "deadLetterTargetArn", value: redrivePolicy.deadLetterQueueName,
                allowed: "a queue of the same type")
        }
    }

    package static let fifoSuffix = ".fifo"

    /// Checks a queue's name: 1 to 80 letters, digits, hyphens and underscores, `.fifo` at its end not forbidden.
    ///
    /// - Throws: ``QueueError/outOfRange(parameter:value:allowed:)``.
    package static func check(name: String) throws(QueueError) {
        let stem = name.hasSuffix(fifoSuffix) ? name.dropLast(fifoSuffix.count) : name[...]
        let isGood =
            !stem.isEmpty
            && stem.utf8.allSatisfy {
                $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
        guard isGood, QueueLimits.nameCharacters.contains(name.utf8.count) else {
            throw .outOfRange(
                parameter: "QueueName", value: name, allowed: "1 to 80 letters, digits, hyphens and underscores")
        }
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isASCIIAlphanumeric: Bool {
        isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
