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
        guard let redrivePolicy else { return }
        try QueueLimits.maximumReceiveCount.check(redrivePolicy.maximumReceiveCount, "maxReceiveCount")
        if redrivePolicy.deadLetterQueueName == name {
            throw .outOfRange(parameter: "deadLetterTargetArn", value: name, allowed: "another queue")
        }
    }

    /// Checks a queue's name: 1 to 80 letters, digits, hyphens and underscores.
    ///
    /// - Throws: ``QueueError/outOfRange(parameter:value:allowed:)``.
    package static func check(name: String) throws(QueueError) {
        let isGood = name.utf8.allSatisfy {
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
