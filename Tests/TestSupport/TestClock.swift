package import SpeakModel
import Synchronization

/// A clock that only tests turn.
package final class TestClock: Sendable {
    private let time = Mutex(Timestamp(milliseconds: 1_760_000_000_000))

    package init() {}

    package var now: Timestamp { time.withLock { $0 } }

    package func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
}
