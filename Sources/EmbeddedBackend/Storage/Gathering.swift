/// How long the writer waits for callers whom it has just answered and who are likely to come back.
///
/// Without a pause a commit would take the first who returns, and the others would wait for a second fsync. The writer
/// expects as many as came last time and waits at most half of what a synced commit takes, so a guess that fails costs
/// half an fsync, once: the next one expects no more than came.
struct Gathering {
    private var lastCount = 0
    private var syncedCommitTime = Duration.zero

    /// What no disk makes worth waiting for.
    static let longestPause = Duration.milliseconds(1)

    /// How many callers to wait for; at most one means not to wait.
    var expectedCount: Int { lastCount }

    var pause: Duration { min(syncedCommitTime / 2, Self.longestPause) }

    mutating func committed(_ count: Int, isSynced: Bool, in time: Duration) {
        lastCount = count
        // An average that follows the disk within some commits.
        if isSynced { syncedCommitTime = syncedCommitTime == .zero ? time : (syncedCommitTime * 7 + time) / 8 }
    }
}
