/// What became of one attempt that did not succeed, by what may be done now.
enum AttemptFailure: Hashable, Sendable {
    /// The service did not get it: it may be sent again whatever it says.
    case notSent
    /// The service may have done it.
    case uncertain(isTimeout: Bool)
    /// The service did not do it, and wants a pause; sometimes it says how long.
    case throttled(after: Duration?)
    /// The service did not do it, since these credentials have ended.
    case expired
    /// The service did not do it, since its clock says another time.
    case skewed
    /// Nobody need try again.
    case final
}

/// Whether and when one call is tried again: a value that is asked after each failed attempt.
///
/// The waits have full jitter: anything from nothing to the longest, which doubles. Source: M. Brooker, "Exponential
/// Backoff And Jitter", AWS Architecture Blog, 2015.
struct RetryState {
    enum Decision: Hashable, Sendable {
        case giveUp
        /// Wait, then send it again.
        case retry(after: Duration)
        /// Get other credentials, then send it again.
        case renewCredentials
        /// Take the service's time, then send it again.
        case setClock
    }

    let maximumAttempts: Int
    /// Whether doing it twice leaves what doing it once leaves.
    let isRepeatable: Bool
    private(set) var attempts = 0
    /// What the last retry took from the quota.
    private(set) var cost = 0
    /// Whether an attempt may have been done without anybody's knowing.
    private(set) var isUncertain = false
    private var hasRenewed = false
    private var hasSetClock = false

    static let base = Duration.milliseconds(50)
    static let throttledBase = Duration.milliseconds(200)
    static let cap = Duration.seconds(20)

    init(maximumAttempts: Int, isRepeatable: Bool) {
        self.maximumAttempts = maximumAttempts
        self.isRepeatable = isRepeatable
    }

    mutating func next(
        after failure: AttemptFailure, quota: RetryQuota, using random: inout some RandomNumberGenerator
    ) -> Decision {
        attempts += 1
        if case .uncertain = failure { isUncertain = true }
        switch failure {
        case .final: return .giveUp
        case .expired:
            defer { hasRenewed = true }
            return hasRenewed ? .giveUp : .renewCredentials
        case .skewed:
            defer { hasSetClock = true }
            return hasSetClock ? .giveUp : .setClock
        case .uncertain(let isTimeout):
            guard isRepeatable else { return .giveUp }
            return wait(Self.base, cost: isTimeout ? RetryQuota.costOfTimeout : RetryQuota.costOfRetry, quota, &random)
        case .notSent: return wait(Self.base, cost: RetryQuota.costOfRetry, quota, &random)
        case .throttled(let asked):
            let decision = wait(Self.throttledBase, cost: RetryQuota.costOfRetry, quota, &random)
            guard let asked, case .retry(let after) = decision else { return decision }
            return .retry(after: max(after, min(asked, Self.cap)))
        }
    }

    private mutating func wait(
        _ base: Duration, cost: Int, _ quota: RetryQuota, _ random: inout some RandomNumberGenerator
    ) -> Decision {
        guard attempts < maximumAttempts, quota.take(cost) else { return .giveUp }
        self.cost = cost
        let longest = min(Self.cap, base * (1 << min(attempts - 1, 20)))
        return .retry(after: longest * Double.random(in: 0...1, using: &random))
    }
}
