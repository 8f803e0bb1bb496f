import Queueing
import Testing

@Suite("redrive and reasons")
struct RedriveTests {
    @Test("a message is exhausted when it has had all its deliveries, not before")
    func exhausted() {
        let policy = RedrivePolicy(deadLetterQueueName: "dlq", maximumReceiveCount: 3)
        #expect((0...5).map(policy.isExhausted) == [false, false, false, true, true, true])
    }

    @Test("a reason is kept up to its limit, and cut between characters")
    func cut() {
        let limit = QueueLimits.maximumReasonBytes
        let whole = String(repeating: "x", count: limit)
        #expect(FailureReason.cut("") == "")
        #expect(FailureReason.cut(whole) == whole)
        #expect(FailureReason.cut(whole + "x") == String(repeating: "x", count: limit - 3) + "…")
        let korean = FailureReason.cut(String(repeating: "가", count: 1000))
        #expect(korean == String(repeating: "가", count: 340) + "…")
        #expect(korean.utf8.count <= limit)
    }

    @Test("each limit is checked at both ends")
    func configuration() throws {
        for good in [
            QueueConfiguration(visibilityTimeout: .zero), QueueConfiguration(visibilityTimeout: .seconds(43_200)),
            QueueConfiguration(delay: .seconds(900)), QueueConfiguration(retentionPeriod: .seconds(60)),
            QueueConfiguration(retentionPeriod: .seconds(14 * 86_400)), QueueConfiguration(maximumMessageBytes: 1024),
            QueueConfiguration(redrivePolicy: RedrivePolicy(deadLetterQueueName: "dlq", maximumReceiveCount: 1000)),
        ] { try good.check(forQueueNamed: "jobs") }
        for bad in [
            QueueConfiguration(visibilityTimeout: .milliseconds(-1)), QueueConfiguration(delay: .milliseconds(900_001)),
            QueueConfiguration(retentionPeriod: .seconds(14 * 86_400 + 1)),
            QueueConfiguration(maximumMessageBytes: 1_048_577),
            QueueConfiguration(redrivePolicy: RedrivePolicy(deadLetterQueueName: "dlq", maximumReceiveCount: 0)),
            QueueConfiguration(redrivePolicy: RedrivePolicy(deadLetterQueueName: "dlq", maximumReceiveCount: 1001)),
        ] { #expect(throws: QueueError.self) { try bad.check(forQueueNamed: "jobs") } }
    }

    @Test("errors are sentences, labels are words")
    func errors() {
        let error = QueueError.outOfRange(parameter: "DelaySeconds", value: "901.0 seconds", allowed: "0 to 900")
        #expect(error.description == "DelaySeconds is 901.0 seconds; allowed is 0 to 900.")
        #expect(error.label == "out_of_range")
    }
}
