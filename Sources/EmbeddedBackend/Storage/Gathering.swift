/// How long the writer waits for callers whom it has just answered and who are likely to come back.
///
/// Without a pause a commit would take the first who returns, and the others would wait for a second fsync. Callers over a
/// network come one after another, and each wait for the disk that they share saves as much as these pauses. So the writer
/// waits for most of those who came last, and for the rest while they come quickly. Every few commits it looks whether
/// more would come than before.
///
/// Fewer are expected by halves, so that one who comes alone is soon waited for by nobody.
struct Gathering {
    private var expected = 0
    private var commitsBeforeProbe = Self.probeInterval
    private var syncedCommitTime = Duration.zero

    /// What no disk makes worth waiting for.
    static let longestPause = Duration.milliseconds(6)
    private static let probeInterval = 4
    private static let gapRange = Duration.microseconds(100)...Duration.milliseconds(1)

    /// How many callers to wait for; `nil` not to wait at all.
    var expectedCount: Int? { expected < 2 ? nil : expected }

    /// Without whom it is not worth going on.
    var mostCount: Int { expected - expected / 4 }

    /// Whether to look for more than are expected.
    var isProbing: Bool { commitsBeforeProbe == 0 }

    /// Most of them are waited for until nobody has come for so long.
    var gap: Duration { bounded(syncedCommitTime * 3) }

    /// The rest are waited for until nobody has come for so long.
    var shortGap: Duration { bounded(syncedCommitTime / 2) }

    /// How long to wait while callers come: some commits, since each caller who is there saves its own.
    var pause: Duration { min(syncedCommitTime * 24, Self.longestPause) }

    private func bounded(_ gap: Duration) -> Duration {
        min(max(gap, Self.gapRange.lowerBound), Self.gapRange.upperBound)
    }

    mutating func committed(_ count: Int, isSynced: Bool, in time: Duration) {
        commitsBeforeProbe = commitsBeforeProbe == 0 ? Self.probeInterval : commitsBeforeProbe - 1
        expected = max(count, expected / 2)
        // An average that follows the disk within some commits.
        if isSynced { syncedCommitTime = syncedCommitTime == .zero ? time : (syncedCommitTime * 7 + time) / 8 }
    }
}
