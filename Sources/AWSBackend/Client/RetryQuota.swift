import Synchronization

/// How many retries all calls together may still make: a bucket that retries empty and successes fill.
///
/// While a service answers, nearly every call may be tried again; when it does not, calls fail at once instead of making
/// its trouble worse.
///
/// Source: "Retry behavior", standard mode, in the AWS SDKs and Tools Reference Guide.
final class RetryQuota: Sendable {
    static let capacity = 500
    static let costOfRetry = 5
    static let costOfTimeout = 10

    private let tokens: Mutex<Int>

    init(capacity: Int = RetryQuota.capacity) { tokens = Mutex(capacity) }

    var available: Int { tokens.withLock { $0 } }

    /// - Returns: False, and takes nothing, if there is not enough.
    func take(_ cost: Int) -> Bool {
        tokens.withLock { tokens in
            guard tokens >= cost else { return false }
            tokens -= cost
            return true
        }
    }

    /// - Parameter cost: What the successful retry had taken; 0 for a call that needed none.
    func giveBack(_ cost: Int) { tokens.withLock { $0 = min(Self.capacity, $0 + max(1, cost)) } }
}
