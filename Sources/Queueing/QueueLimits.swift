/// The limits of SQS, which every backend keeps.
package enum QueueLimits {
    package static let visibilityTimeout: ClosedRange<Duration> = .zero ... .seconds(43_200)
    package static let delay: ClosedRange<Duration> = .zero ... .seconds(900)
    package static let retentionPeriod: ClosedRange<Duration> = .seconds(60) ... .seconds(14 * 86_400)
    package static let wait: ClosedRange<Duration> = .zero ... .seconds(20)
    package static let batch = 1...10
    package static let maximumReceiveCount = 1...1000
    package static let messageBytes = 1024...1_048_576
    package static let maximumMessageBytes = 1_048_576
    package static let maximumBatchBytes = 1_048_576
    /// How many messages of a queue may be leased at once.
    ///
    /// Source: "Amazon SQS message quotas" in the Amazon SQS developer guide.
    package static let maximumInFlight = 120_000
    /// How many messages a second a move may be bounded to.
    package static let moveRate = 1...500
    package static let maximumAttributes = 10
    package static let nameCharacters = 1...80
    package static let attributeNameBytes = 1...256
    /// What is kept of a reason why work failed.
    package static let maximumReasonBytes = 1024
}

extension ClosedRange where Bound: Sendable {
    /// - Throws: ``QueueError/outOfRange(parameter:value:allowed:)`` for a value outside.
    package func check(_ value: Bound, _ parameter: String) throws(QueueError) {
        guard contains(value) else {
            throw .outOfRange(
                parameter: parameter, value: "\(value)", allowed: "\(lowerBound) to \(upperBound)")
        }
    }
}
