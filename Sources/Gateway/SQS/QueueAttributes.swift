import Queueing
import SpeakModel

/// A queue's configuration as SQS spells it: attributes that are all strings.
struct QueueAttributes {
    private struct Seconds: Sendable {
        let name: String
        let allowed: ClosedRange<Int>
        let path: any WritableKeyPath<QueueConfiguration, Duration> & Sendable
    }

    private static let seconds = [
        Seconds(name: "VisibilityTimeout", allowed: 0...43_200, path: \.visibilityTimeout),
        Seconds(name: "DelaySeconds", allowed: 0...900, path: \.delay),
        Seconds(name: "MessageRetentionPeriod", allowed: 60...1_209_600, path: \.retentionPeriod),
        Seconds(name: "ReceiveMessageWaitTimeSeconds", allowed: 0...20, path: \.receiveWait),
    ]
    /// Checked, kept and given back.
    private static let others = ["Policy", "RedriveAllowPolicy"] + encryption
    /// Those that only reading knows.
    private static let readOnly = [
        "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible",
        "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
    ]
    static let readable = Set(
        seconds.map(\.name) + others + readOnly + fifo + ["All", "MaximumMessageSize", "RedrivePolicy"])

    /// Changes what the attributes name.
    ///
    /// - Throws: The error that SQS has for the first attribute, by name, that is not good.
    static func apply(_ attributes: [String: String], to configuration: inout QueueConfiguration) throws(AWSError) {
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            if value.isEmpty, emptied.contains(name) {
                remove(name, from: &configuration)
                continue
            }
            if let seconds = seconds.first(where: { $0.name == name }) {
                configuration[keyPath: seconds.path] = .seconds(try number(value, name, seconds.allowed))
            } else if name == "MaximumMessageSize" {
                configuration.maximumMessageBytes = try number(value, name, QueueLimits.messageBytes)
            } else if name == "RedrivePolicy" {
                configuration.redrivePolicy = try redrivePolicy(value)
            } else if name == "RedriveAllowPolicy" {
                configuration.otherAttributes[name] = try RedriveAllowPolicy(value).text
            } else if name == "Policy" {
                try QueuePolicy.check(value)
                configuration.otherAttributes[name] = value
            } else if encryption.contains(name) {
                try applyEncryption(name, value, to: &configuration)
            } else if fifo.contains(name) {
                try applyFIFO(name, value, to: &configuration)
            } else {
                throw .unknownAttribute(name)
            }
        }
        try checkTogether(attributes, configuration)
    }

    /// What an empty value takes away.
    private static let emptied = ["RedrivePolicy", "RedriveAllowPolicy", "Policy", "KmsMasterKeyId"]

    private static func remove(_ name: String, from configuration: inout QueueConfiguration) {
        if name == "RedrivePolicy" { configuration.redrivePolicy = nil }
        configuration.otherAttributes[name] = nil
    }

    /// What attributes say of each other.
    private static func checkTogether(
        _ attributes: [String: String], _ configuration: QueueConfiguration
    ) throws(AWSError) {
        if attributes["SqsManagedSseEnabled"] == "true", attributes["KmsMasterKeyId"]?.isEmpty == false {
            throw AWSError(
                "InvalidAttributeName",
                "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE."
            )
        }
        if let fifo = configuration.fifo, fifo.throughputLimit == .perMessageGroupId,
            fifo.deduplicationScope != .messageGroup
        {
            throw .invalidParameter(
                "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup")
        }
    }

    /// The first attribute, by name, in which a queue differs from what is asked for.
    static func difference(_ attributes: [String: String], from configuration: QueueConfiguration) throws(AWSError)
        -> String?
    {
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            var changed = configuration
            try apply([name: value], to: &changed)
            if changed != configuration { return name }
        }
        return nil
    }

    static func number(_ text: String, _ name: String, _ allowed: ClosedRange<Int>) throws(AWSError) -> Int {
        guard let value = Int(text), allowed.contains(value) else { throw .invalidAttributeValue(name) }
        return value
    }

    /// What SQS gives for `All`.
    static func all(_ queue: QueueDescription, _ statistics: QueueStatistics, call: Call) -> [String: String] {
        let configuration = queue.configuration
        var values = configuration.otherAttributes
        values.merge(defaultEncryption(configuration)) { given, _ in given }
        for seconds in seconds {
            values[seconds.name] = String(configuration[keyPath: seconds.path].components.seconds)
        }
        values["MaximumMessageSize"] = String(configuration.maximumMessageBytes)
        values["QueueArn"] = call.arn(ofQueue: queue.name)
        values["CreatedTimestamp"] = String(queue.createdAt.milliseconds / 1000)
        values["LastModifiedTimestamp"] = String(queue.modifiedAt.milliseconds / 1000)
        values["ApproximateNumberOfMessages"] = String(statistics.visible)
        values["ApproximateNumberOfMessagesNotVisible"] = String(statistics.inFlight)
        values["ApproximateNumberOfMessagesDelayed"] = String(statistics.delayed)
        if let fifo = configuration.fifo {
            values["FifoQueue"] = "true"
            values["ContentBasedDeduplication"] = String(fifo.deduplicatesByContent)
            values["DeduplicationScope"] = fifo.deduplicationScope.rawValue
            values["FifoThroughputLimit"] = fifo.throughputLimit.rawValue
        }
        if let policy = configuration.redrivePolicy {
            values["RedrivePolicy"] = text(policy, call: call)
        }
        return values
    }
}
