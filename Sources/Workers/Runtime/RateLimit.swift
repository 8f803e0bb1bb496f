import SpeakModel
import Synchronization

/// A token bucket that holds one second's tokens, at least one.
///
/// Who gets no token is told when to come again, each a little later than the one before, so that they do not all come
/// back at once.
struct RateLimit: Sendable {
    private let perSecond: Double
    private var tokens: Double
    private var filledAt: ContinuousClock.Instant
    private var lastPutOff: ContinuousClock.Instant

    init(perSecond: Double, now: ContinuousClock.Instant) {
        self.perSecond = perSecond
        tokens = max(1, perSecond)
        filledAt = now
        lastPutOff = now
    }

    /// Takes a token.
    ///
    /// - Returns: `nil` if there was one, or how long to wait.
    mutating func take(at now: ContinuousClock.Instant) -> Duration? {
        tokens = min(max(1, perSecond), tokens + (now - filledAt) / .seconds(1) * perSecond)
        filledAt = now
        if tokens >= 1 {
            tokens -= 1
            return nil
        }
        let interval = Duration.seconds(1 / perSecond)
        lastPutOff = max(now + .seconds((1 - tokens) / perSecond), lastPutOff + interval)
        if lastPutOff - now <= Self.longestPutOff { return lastPutOff - now }
        lastPutOff = now + Self.longestPutOff
        return Self.longestPutOff * Double.random(in: 0.5...1)
    }

    /// Nobody is put off for longer: what is asked for meanwhile may not come, and the rate may change.
    private static let longestPutOff = Duration.seconds(30)

    /// Takes back a token that was of no use.
    mutating func giveBack() { tokens += 1 }
}

/// The rate limits of a process, one a kind that has any.
final class RateLimits: Sendable {
    private let limits = Mutex<[JobKind: (perSecond: Double, limit: RateLimit)]>([:])

    /// - Parameter perSecond: What the settings say now; a changed rate begins with a full bucket.
    /// - Returns: `nil` if a job of the kind may begin, or how long to wait.
    func take(_ kind: JobKind, perSecond: Double?, at now: ContinuousClock.Instant = .now) -> Duration? {
        limits.withLock { limits in
            guard let perSecond else {
                limits[kind] = nil
                return nil
            }
            var entry = limits[kind] ?? (perSecond, RateLimit(perSecond: perSecond, now: now))
            if entry.perSecond != perSecond { entry = (perSecond, RateLimit(perSecond: perSecond, now: now)) }
            defer { limits[kind] = entry }
            return entry.limit.take(at: now)
        }
    }

    func giveBack(_ kind: JobKind) { limits.withLock { $0[kind]?.limit.giveBack() } }
}
