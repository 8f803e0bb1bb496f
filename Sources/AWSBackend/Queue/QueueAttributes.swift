import JSON
import Queueing
import SpeakModel

/// A queue's configuration and figures as SQS has them: attributes that are all strings.
///
/// Source: CreateQueue and GetQueueAttributes in the Amazon SQS API Reference.
struct QueueAttributes {
    let values: [String: String]
    /// Only `speaktracker serve` says it here: AWS has it in CloudWatch, as ApproximateAgeOfOldestMessage.
    private var ageOfOldest: Duration?

    private static let seconds: [(name: String, path: any WritableKeyPath<QueueConfiguration, Duration> & Sendable)] = [
        ("VisibilityTimeout", \.visibilityTimeout), ("DelaySeconds", \.delay),
        ("MessageRetentionPeriod", \.retentionPeriod), ("ReceiveMessageWaitTimeSeconds", \.receiveWait),
    ]
    /// What only reading knows, and what stands elsewhere in a configuration.
    private static let notOthers =
        Set(seconds.map(\.name)).union([
            "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed",
            "ApproximateNumberOfMessagesNotVisible", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
            "MaximumMessageSize", "RedrivePolicy", "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope",
            "FifoThroughputLimit",
        ])
    /// What every queue says that was told nothing of it.
    private static let defaults = [
        "SqsManagedSseEnabled": ["true", "false"], "KmsDataKeyReusePeriodSeconds": ["300"], "Policy": [""],
    ]

    init(_ answer: JSONValue) {
        values = answer["Attributes"]?.object?.compactMapValues(\.string) ?? [:]
        ageOfOldest = answer["ApproximateAgeOfOldestMessage"]?.double.map { .seconds($0) }
    }

    /// - Parameter deadLetterARN: That of the redrive policy's queue.
    init(_ configuration: QueueConfiguration, deadLetterARN: String?) {
        var values = configuration.otherAttributes
        for (name, path) in Self.seconds { values[name] = String(configuration[keyPath: path].wholeSeconds) }
        values["MaximumMessageSize"] = String(configuration.maximumMessageBytes)
        if let policy = configuration.redrivePolicy, let deadLetterARN {
            let text: JSONValue = [
                "deadLetterTargetArn": .string(deadLetterARN), "maxReceiveCount": .number(policy.maximumReceiveCount),
            ]
            values["RedrivePolicy"] = text.text
        }
        if let fifo = configuration.fifo {
            values["FifoQueue"] = "true"
            values["ContentBasedDeduplication"] = String(fifo.deduplicatesByContent)
            values["DeduplicationScope"] = fifo.deduplicationScope.rawValue
            values["FifoThroughputLimit"] = fifo.throughputLimit.rawValue
        }
        self.values = values
    }

    var json: JSONValue { .object(values.mapValues { .string($0) }) }

    var configuration: QueueConfiguration {
        var configuration = QueueConfiguration()
        for (name, path) in Self.seconds {
            if let seconds = values[name].flatMap({ Int($0) }) { configuration[keyPath: path] = .seconds(seconds) }
        }
        if let bytes = values["MaximumMessageSize"].flatMap({ Int($0) }) { configuration.maximumMessageBytes = bytes }
        configuration.redrivePolicy = redrivePolicy
        if values["FifoQueue"] == "true" {
            configuration.fifo = FIFOSettings(
                deduplicatesByContent: values["ContentBasedDeduplication"] == "true",
                deduplicationScope: values["DeduplicationScope"].flatMap(FIFOSettings.Scope.init) ?? .queue,
                throughputLimit: values["FifoThroughputLimit"].flatMap(FIFOSettings.ThroughputLimit.init) ?? .perQueue)
        }
        configuration.otherAttributes = values.filter { name, value in
            !Self.notOthers.contains(name) && Self.defaults[name]?.contains(value) != true
        }
        return configuration
    }

    private var redrivePolicy: RedrivePolicy? {
        // What SQS gives back is what it has checked; anything else is as good as none.
        guard let text = values["RedrivePolicy"], let policy = try? JSONValue(parsing: text),
            let arn = policy["deadLetterTargetArn"]?.string, let name = QueueName.inARN(arn),
            let count = policy["maxReceiveCount"].flatMap({ $0.int ?? $0.string.flatMap { Int($0) } })
        else { return nil }
        return RedrivePolicy(deadLetterQueueName: name, maximumReceiveCount: count)
    }

    var arn: String? { values["QueueArn"] }

    var statistics: QueueStatistics {
        QueueStatistics(
            visible: count("ApproximateNumberOfMessages"), inFlight: count("ApproximateNumberOfMessagesNotVisible"),
            delayed: count("ApproximateNumberOfMessagesDelayed"), ageOfOldest: ageOfOldest)
    }

    private func count(_ name: String) -> Int { values[name].flatMap { Int($0) } ?? 0 }

    func moment(_ name: String) -> Timestamp {
        Timestamp(milliseconds: Int64((values[name].flatMap { Double($0) } ?? 0) * 1000))
    }
}

/// Names in what SQS calls queues by.
enum QueueName {
    /// The last part of `https://sqs.eu-west-1.amazonaws.com/123456789012/jobs`.
    static func inURL(_ url: String) -> String? { url.split(separator: "/").last.map(String.init) }

    /// The last part of `arn:aws:sqs:eu-west-1:123456789012:jobs`.
    static func inARN(_ arn: String) -> String? {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && !parts[5].isEmpty ? String(parts[5]) : nil
    }
}

extension Duration {
    /// Whole seconds, rounded up: SQS knows no others, and a lease must not be shorter than what was asked for.
    var wholeSeconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) + (attoseconds > 0 ? 1 : 0)
    }
}
