package import Workers

/// When a process that died is replaced: the more often in a row, the later.
package struct RestartPolicy: Sendable {
    package var backoff = RetryPolicy(base: .milliseconds(500), cap: .seconds(60))
    /// A process that lived so long died of something else than the one before it.
    package var longLife = Duration.seconds(10)

    package init() {}

    /// - Parameter deaths: How many processes have died in this place one after another, at least 1.
    func pause(afterDeaths deaths: Int) -> Duration {
        var random = SystemRandomNumberGenerator()
        return backoff.delay(afterAttempt: deaths, using: &random)
    }
}
