import JSON
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
    /// Kept and given back.
    private static let others = [
        "Policy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled", "RedriveAllowPolicy",
    ]
    /// Those that only reading knows.
    private static let readOnly = [
        "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible",
        "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
    ]
    private static let fifo = ["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"]
    static let readable = Set(
        seconds.map(\.name) + others + readOnly + fifo + ["All", "MaximumMessageSize", "RedrivePolicy"])

    /// Changes what the attributes name.
    ///
    /// - Throws: The error that SQS has for the first attribute, by name, that is not good.
    static func apply(_ attributes: [String: String], to configuration: inout QueueConfiguration) throws(AWSError) {
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            if let seconds = seconds.first(where: { $0.name == name }) {
                configuration[keyPath: seconds.path] = .seconds(try number(value, name, seconds.allowed))
            } else if name == "MaximumMessageSize" {
                configuration.maximumMessageBytes = try number(value, name, QueueLimits.messageBytes)
            } else if name == "RedrivePolicy" {
                configuration.redrivePolicy = try redrivePolicy(value)
            } else if others.contains(name) {
                configuration.otherAttributes[name] = value.isEmpty ? nil : value
            } else if fifo.contains(name) {
                try applyFIFO(name, value, to: &configuration)
            } else {
                throw .unknownAttribute(name)
            }
        }
    }

    private static func applyFIFO(
        _ name: String, _ value: String, to configuration: inout QueueConfiguration
    ) throws(AWSError) {
        // A queue is made as what it is: it can be told again, not changed.
        guard var settings = configuration.fifo else { throw .unknownAttribute(name) }
        switch name {
        case "FifoQueue":
            guard value == "true" else { throw .invalidAttributeValue(name) }
        case "ContentBasedDeduplication":
            guard ["true", "false"].contains(value) else { throw .invalidAttributeValue(name) }
            settings.deduplicatesByContent = value == "true"
        case "DeduplicationScope":
            guard let scope = FIFOSettings.Scope(rawValue: value) else { throw .invalidAttributeValue(name) }
            settings.deduplicationScope = scope
        default:
            guard let limit = FIFOSettings.ThroughputLimit(rawValue: value) else { throw .invalidAttributeValue(name) }
            settings.throughputLimit = limit
        }
        configuration.fifo = settings
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

    private static func number(_ text: String, _ name: String, _ allowed: ClosedRange<Int>) throws(AWSError) -> Int {
        guard let value = Int(text), allowed.contains(value) else { throw .invalidAttributeValue(name) }
        return value
    }

    /// `nil` for an empty text, which takes the policy away.
    private static func redrivePolicy(_ text: String) throws(AWSError) -> RedrivePolicy? {
        if text.isEmpty { return nil }
        func invalid(_ reason: String) -> AWSError { .invalidValue(text, of: "RedrivePolicy", reason) }
        guard let policy = try? JSONValue(parsing: text), policy.object != nil else {
            throw invalid("Redrive policy is not a valid JSON map.")
        }
        guard let arn = policy["deadLetterTargetArn"]?.string else {
            throw invalid("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.")
        }
        guard let count = policy["maxReceiveCount"] else {
            throw invalid("Redrive policy does not contain mandatory attribute: maxReceiveCount.")
        }
        let countText = count.string ?? count.numberText ?? count.text
        guard let most = Int(countText), QueueLimits.maximumReceiveCount.contains(most) else {
            throw invalid(
                "Invalid value for maxReceiveCount: \(countText), valid values are from 1 to 1000 both inclusive.")
        }
        guard let name = Call.queueName(inARN: arn) else { throw invalid("Dead letter target is not a valid ARN.") }
        return RedrivePolicy(deadLetterQueueName: name, maximumReceiveCount: most)
    }

    /// What SQS gives for `All`.
    static func all(_ queue: QueueDescription, _ statistics: QueueStatistics, call: Call) -> [String: String] {
        let configuration = queue.configuration
        var values: [String: String] = ["SqsManagedSseEnabled": "true"]
        values.merge(configuration.otherAttributes) { $1 }
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
            values["RedrivePolicy"] =
                JSONValue.object([
                    "deadLetterTargetArn": .string(call.arn(ofQueue: policy.deadLetterQueueName)),
                    "maxReceiveCount": .number(policy.maximumReceiveCount),
                ]).text
        }
        return values
    }
}
