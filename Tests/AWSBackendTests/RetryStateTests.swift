import TestSupport
import Testing

@testable import AWSBackend

@Suite("whether and when a call is tried again")
struct RetryStateTests {
    private func decisions(
        _ failures: [AttemptFailure], isRepeatable: Bool = true, attempts: Int = 4, quota: RetryQuota = RetryQuota()
    ) -> [RetryState.Decision] {
        var state = RetryState(maximumAttempts: attempts, isRepeatable: isRepeatable)
        var random = SeededGenerator(seed: 7)
        return failures.map { state.next(after: $0, quota: quota, using: &random) }
    }

    private func isRetry(_ decision: RetryState.Decision) -> Bool {
        if case .retry = decision { true } else { false }
    }

    @Test("what never left is sent again, what may have been done only if that is harmless")
    func safety() {
        for isRepeatable in [true, false] {
            #expect(isRetry(decisions([.notSent], isRepeatable: isRepeatable)[0]))
            #expect(isRetry(decisions([.throttled(after: nil)], isRepeatable: isRepeatable)[0]))
            for isTimeout in [true, false] {
                let decision = decisions([.uncertain(isTimeout: isTimeout)], isRepeatable: isRepeatable)[0]
                #expect(isRetry(decision) == isRepeatable)
            }
        }
        #expect(decisions([.final]) == [.giveUp])
    }

    @Test("attempts are counted")
    func attempts() {
        let decisions = decisions(Array(repeating: .notSent, count: 4))
        #expect(decisions.prefix(3).allSatisfy(isRetry))
        #expect(decisions[3] == .giveUp)
        #expect(self.decisions([.notSent], attempts: 1) == [.giveUp])
    }

    @Test("waits lie anywhere below a bound that doubles, and never above the cap")
    func jitter() {
        var random = SeededGenerator(seed: 1)
        var seen: [Duration] = []
        for _ in 0..<200 {
            var state = RetryState(maximumAttempts: 20, isRepeatable: true)
            for attempt in 1...12 {
                guard
                    case .retry(let after) = state.next(
                        after: .notSent, quota: RetryQuota(), using: &random)
                else { return #expect(Bool(false), "it gave up") }
                let bound = min(RetryState.cap, RetryState.base * (1 << (attempt - 1)))
                #expect((.zero...bound).contains(after))
                if attempt == 12 { seen.append(after) }
            }
        }
        #expect(seen.min() ?? .zero < RetryState.cap / 10 && seen.max() ?? .zero > RetryState.cap * 0.9)
    }

    @Test("a service's own wish is kept, up to the cap")
    func wish() {
        #expect(decisions([.throttled(after: .seconds(5))]) == [.retry(after: .seconds(5))])
        #expect(decisions([.throttled(after: .seconds(900))]) == [.retry(after: RetryState.cap)])
    }

    @Test("credentials are renewed once, and the clock is set once")
    func once() {
        #expect(decisions([.expired, .expired]) == [.renewCredentials, .giveUp])
        #expect(decisions([.skewed, .skewed]) == [.setClock, .giveUp])
        #expect(decisions([.skewed, .expired]) == [.setClock, .renewCredentials])
    }

    @Test("retries cost, and an empty quota ends them for everybody")
    func quota() {
        let quota = RetryQuota(capacity: 12)
        #expect(isRetry(decisions([.notSent], quota: quota)[0]))
        #expect(quota.available == 7)
        #expect(decisions([.uncertain(isTimeout: true)], quota: quota) == [.giveUp], "a timeout costs ten")
        #expect(isRetry(decisions([.notSent], quota: quota)[0]))
        #expect(decisions([.notSent], quota: quota) == [.giveUp])
        quota.giveBack(5)
        #expect(quota.available == 7)
        for _ in 0..<1000 { quota.giveBack(0) }
        #expect(quota.available == RetryQuota.capacity)
    }
}
