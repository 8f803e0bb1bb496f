/// How long the writer waits for callers whom it has just answered and who are likely to come back.
///
/// Without a pause a commit would take the first who returns, and the others would wait for a second fsync. The writer
/// goes on once as many are there as came last time, or when nobody has come for a moment. Every few commits it waits for
/// that moment alone, so that it learns of more: callers over a network come one after another.
///
/// A caller who comes alone is never waited for.
struct Gathering {
    private var lastCount = 0
    private var commitsBeforeProbe = Self.probeInterval
    private var syncedCommitTime = Duration.zero

    /// What no disk makes worth waiting for.
    static let longestPause = Duration.milliseconds(6)
    private static let probeInterval = 8
    private static let gapRange = Duration.microseconds(100)...Duration.microseconds(1000)

    /// How many callers to wait for; `nil` not to wait at all.
    var expectedCount: Int? {
        if lastCount < 2 { return nil }
        return commitsBeforeProbe == 0 ? Int.max : lastCount
    }

    /// Once nobody has come for so long, nobody more is expected.
    var gap: Duration { min(max(syncedCommitTime * 3, Self.gapRange.lowerBound), Self.gapRange.upperBound) }

    /// How long to wait while callers come: some commits, since each caller who is there saves its own.
    var pause: Duration { min(syncedCommitTime * 24, Self.longestPause) }

    mutating func committed(_ count: Int, isSynced: Bool, in time: Duration) {
        commitsBeforeProbe = commitsBeforeProbe == 0 ? Self.probeInterval : commitsBeforeProbe - 1
        lastCount = count
        // An average that follows the disk within some commits.
        if isSynced { syncedCommitTime = syncedCommitTime == .zero ? time : (syncedCommitTime * 7 + time) / 8 }
    }
}
