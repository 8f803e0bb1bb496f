/// The limits of SQS, which every backend keeps.
package enum QueueLimits {
    package static let visibilityTimeout: ClosedRange<Duration> = .zero ... .seconds(43_200)
    package static let delay: ClosedRange<Duration> = .zero ... .seconds(900)
    package static let retentionPeriod: ClosedRange<Duration> = .seconds(60) ... .seconds(14 * 86_400)
    package static let wait: ClosedRange<Duration> = .zero ... .seconds(20)
    package static let batch = 1...10
    package static let maximumReceiveCount = 1...1000
    package static let maximumMessageBytes = 1_048_576
    package static let maximumBatchBytes = 1_048_576
    package static let maximumAttributes = 10
}
