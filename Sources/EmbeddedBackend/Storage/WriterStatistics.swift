/// What a writer has done since it was opened.
package struct WriterStatistics: Hashable, Sendable {
    /// Operations that were committed, leases included.
    package var operations = 0
    /// Those of them whose caller waited for the disk.
    package var durableOperations = 0
    package var commits = 0
    /// Commits that waited for the disk: one fsync each.
    ///
    /// A checkpoint, every few thousand pages, adds its own.
    package var syncedCommits = 0
}
