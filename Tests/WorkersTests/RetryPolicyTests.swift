import Testing
import Workers

@Suite struct RetryPolicyTests {
    @Test("waits double, stay within half of it, and are capped")
    func delays() {
        let policy = RetryPolicy(base: .seconds(2), cap: .seconds(60))
        var random = SystemRandomNumberGenerator()
        for (attempt, longest) in [(1, 2), (2, 4), (3, 8), (5, 32), (6, 60), (1000, 60)] {
            for _ in 0..<50 {
                let delay = policy.delay(afterAttempt: attempt, using: &random)
                #expect(delay >= .seconds(longest) / 2 && delay <= .seconds(longest))
            }
        }
    }

    @Test("two jobs that fail together do not come back together")
    func jitter() {
        var random = SystemRandomNumberGenerator()
        let delays = (0..<20).map { _ in RetryPolicy().delay(afterAttempt: 4, using: &random) }
        #expect(Set(delays).count > 1)
    }
}
