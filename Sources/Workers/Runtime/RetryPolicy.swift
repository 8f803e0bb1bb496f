/// How long a failed job waits before its next attempt: exponential backoff with full jitter.
///
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. Full jitter needs the fewest calls
/// there; the lower half is kept free here, so that a service that is down gets its pause.
package struct RetryPolicy: Hashable, Sendable {
    /// The longest wait after the first attempt.
    package var base: Duration
    /// No wait is longer.
    package var cap: Duration

    package init(base: Duration = .seconds(1), cap: Duration = .seconds(300)) {
        self.base = base
        self.cap = cap
    }

    /// - Parameter attempt: How many attempts have failed, at least 1.
    package func delay(afterAttempt attempt: Int, using random: inout some RandomNumberGenerator) -> Duration {
        precondition(attempt >= 1, "There is no wait before the first attempt.")
        let longest = min(cap, base * (1 << min(attempt - 1, 30)))
        return longest * Double.random(in: 0.5...1, using: &random)
    }
}
