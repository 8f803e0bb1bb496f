package import SpeakModel

/// What a dead letter tells of its last failure, as attributes of the message.
///
/// Any client of the queue can read them. What the sender gave the message stays; of the report as much is kept as the
/// limits of SQS leave room for.
package struct FailureReport: Hashable, Sendable {
    /// One sentence.
    package var reason: String
    /// A fixed word for how it failed.
    package var failure: String?
    /// How often the work was tried.
    package var attempts: Int?
    /// Where the last attempt was made.
    package var host: String?
    package var failedAt: Timestamp?
    /// What the failing code said of itself.
    package var stack: String?

    package init(
        reason: String, failure: String? = nil, attempts: Int? = nil, host: String? = nil, failedAt: Timestamp? = nil,
        stack: String? = nil
    ) {
        self.reason = reason
        self.failure = failure
        self.attempts = attempts
        self.host = host
        self.failedAt = failedAt
        self.stack = stack
    }

    /// The names of the attributes, in the order of what a reader misses most.
    package enum Name: String, CaseIterable, Sendable {
        case reason = "speaktracker.reason"
        case failure = "speaktracker.failure"
        case attempts = "speaktracker.attempts"
        case host = "speaktracker.host"
        case failedAt = "speaktracker.failed_at"
        case stack = "speaktracker.stack"
    }
}

extension FailureReport {
    /// Reads what a dead letter tells; `nil` where nobody reported anything.
    package init?(_ attributes: [String: MessageAttribute]) {
        func text(_ name: Name) -> String? {
            attributes[name.rawValue].map { String(decoding: $0.value, as: UTF8.self) }
        }
        guard let reason = text(.reason) else { return nil }
        self.init(
            reason: reason, failure: text(.failure), attempts: text(.attempts).flatMap { Int($0) }, host: text(.host),
            failedAt: text(.failedAt).flatMap(Timestamp.init(iso8601:)), stack: text(.stack))
    }

    package func attribute(_ name: Name) -> MessageAttribute? {
        switch name {
        case .reason: Self.attribute(reason, atMost: QueueLimits.maximumReasonBytes)
        case .failure: Self.attribute(failure)
        case .attempts: attempts.map { MessageAttribute(dataType: "Number", value: Array(String($0).utf8)) }
        case .host: Self.attribute(host)
        case .failedAt: Self.attribute(failedAt?.iso8601)
        case .stack: Self.attribute(stack, atMost: Self.maximumStackBytes)
        }
    }

    package static let maximumStackBytes = 4096
    private static let usualBytes = 256

    /// - Returns: `nil` for an empty text, which no attribute may hold.
    private static func attribute(_ text: String?, atMost bytes: Int = usualBytes) -> MessageAttribute? {
        guard let text, !text.isEmpty else { return nil }
        return .string(FailureReason.cut(MessageText.replacingBad(in: text), toBytes: bytes))
    }

    /// A message's attributes with this report in place of an earlier one.
    package func added(to message: OutgoingMessage) -> OutgoingMessage {
        var reported = message
        for name in Name.allCases { reported.attributes[name.rawValue] = nil }
        for name in Name.allCases { reported.addIfFits(attribute(name), name.rawValue) }
        return reported
    }
}

extension OutgoingMessage {
    /// Adds an attribute, unless the message would have too many then or be too long.
    package mutating func addIfFits(_ attribute: MessageAttribute?, _ name: String) {
        guard let attribute, attributes.count < QueueLimits.maximumAttributes else { return }
        var longer = self
        longer.attributes[name] = attribute
        if longer.bytes <= QueueLimits.maximumMessageBytes { self = longer }
    }
}
