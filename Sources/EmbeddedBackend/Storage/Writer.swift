import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// The one writer of a database: many callers, one transaction, one fsync for all who wait.
///
/// While a commit waits for the disk, callers gather; the next transaction takes all of them. Each one's work is a
/// savepoint, so work that throws undoes itself and nobody else's. Nobody is answered before the commit, and a commit
/// that fails fails everybody in it.
package final class Writer: Sendable {
    /// Whether a caller's answer waits for the disk.
    package enum Durability: Sendable {
        /// It survives a loss of power once it is answered.
        case durable
        /// It survives the end of this process, and a loss of power once any later durable work is answered: in WAL
        /// mode the next synced commit syncs the whole log before it.
        case lease
    }

    private struct Backlog {
        var operations: [WriteOperation] = []
        var isDraining = false
        var isClosed = false
        var gathering = Gathering()
        /// With how many operations the waiting writer goes on; `nil` when it does not wait.
        var awaitedCount: Int?
        /// Whether it goes on with a lease, too.
        var isLeaseAwaited = false
        var statistics = WriterStatistics()
    }

    static let maximumOperations = 1024
    static let maximumBytes = 16 << 20

    private let pool: DatabasePool
    private let backlog = Mutex(Backlog())
    private let connection = Mutex<WriteConnection?>(nil)
    private let gathered = MonotonicSemaphore()

    init(_ pool: DatabasePool) { self.pool = pool }

    package var statistics: WriterStatistics { backlog.withLock(\.statistics) }

    /// How many callers wait for the next transaction.
    package var waitingCount: Int { backlog.withLock { $0.operations.count } }

    /// Runs `work` on the writer's connection, inside a transaction that others may share.
    ///
    /// `work` may run only once and must not keep the connection. What it throws undoes what it wrote.
    ///
    /// - Parameter bytes: About how much it writes; bounds the size of one transaction.
    /// - Throws: What `work` throws, or ``SQLiteFailure`` when the commit fails.
    package func run<Value: Sendable>(
        _ durability: Durability, bytes: Int = 0, _ work: @escaping @Sendable (WriteConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { caller in
            submit(WriteOperation(durability, bytes: bytes, caller, work))
        }
    }

    /// Finishes what waits, refuses what comes later, and lets go of the connection.
    ///
    /// Blocks meanwhile.
    func close() {
        backlog.withLock { $0.isClosed = true }
        // Queued behind every drain that was scheduled before.
        pool.writeWithoutTransaction { _ in connection.withLock { $0 = nil } }
    }

    private func submit(_ operation: WriteOperation) {
        enum Next { case wait, drain, goOn, refuse }
        let next = backlog.withLock { backlog -> Next in
            if backlog.isClosed { return .refuse }
            backlog.operations.append(operation)
            if !backlog.isDraining {
                backlog.isDraining = true
                return .drain
            }
            guard let awaited = backlog.awaitedCount,
                backlog.operations.count >= awaited || (backlog.isLeaseAwaited && operation.durability == .lease)
            else { return .wait }
            backlog.awaitedCount = nil
            return .goOn
        }
        switch next {
        case .wait: break
        case .goOn: gathered.signal()
        case .drain: pool.asyncWriteWithoutTransaction { self.drain($0) }
        case .refuse: operation.refuse(SQLiteFailure.closed)
        }
    }

    /// Commits batch after batch until nobody waits.
    ///
    /// Runs on GRDB's writer queue.
    private func drain(_ database: Database) {
        while true {
            gather()
            guard let batch = nextBatch() else { return }
            do {
                let start = ContinuousClock.now
                let answers = try writeConnection(database).commit(batch)
                count(batch, in: ContinuousClock.now - start)
                for answer in answers { answer() }
            } catch {
                for operation in batch { operation.refuse(error) }
            }
        }
    }

    /// Waits a moment for those who are likely to come.
    ///
    /// Whoever waits for a lease waits for no disk, and comes back for one: it is not kept waiting for others, beyond half
    /// of what a synced commit takes.
    private func gather() {
        let gathering = backlog.withLock(\.gathering)
        guard let expected = gathering.expectedCount else { return }
        if !hasLease { wait(for: gathering.mostCount, gap: gathering.gap, atMost: gathering.pause, orLease: true) }
        wait(
            for: gathering.isProbing ? .max : expected, gap: gathering.shortGap,
            atMost: hasLease ? gathering.shortGap : gathering.pause, orLease: false)
    }

    private var hasLease: Bool { backlog.withLock { $0.operations.contains { $0.durability == .lease } } }

    /// Waits until so many are there, or one who wants a lease, or nobody comes for a while.
    private func wait(for expected: Int, gap: Duration, atMost pause: Duration, orLease: Bool) {
        var count = 0
        let isWaiting = backlog.withLock { backlog in
            count = backlog.operations.count
            backlog.awaitedCount = count < expected ? expected : nil
            backlog.isLeaseAwaited = orLease
            return count < expected
        }
        guard isWaiting else { return }
        let end = ContinuousClock.now + pause
        repeat {
            if gathered.wait(atMost: gap) { return }
            let newCount = waitingCount
            if newCount == count { break }
            count = newCount
        } while ContinuousClock.now < end
        let isSignalled = backlog.withLock { backlog in
            defer { backlog.awaitedCount = nil }
            return backlog.awaitedCount == nil
        }
        // The signal came between the end of the wait and the lock: it must not end a later wait.
        if isSignalled { gathered.wait() }
    }

    private func writeConnection(_ database: Database) throws(SQLiteFailure) -> WriteConnection {
        if let existing = connection.withLock({ $0 }) { return existing }
        let new = try WriteConnection(database)
        connection.withLock { $0 = new }
        return new
    }

    private func nextBatch() -> [WriteOperation]? {
        backlog.withLock { backlog in
            let batch = Array(backlog.operations.prefix(Self.batchSize(of: backlog.operations)))
            backlog.operations.removeFirst(batch.count)
            backlog.isDraining = !batch.isEmpty
            return batch.isEmpty ? nil : batch
        }
    }

    /// How many of the first operations fit into one transaction: at least one, if there is one.
    private static func batchSize(of operations: [WriteOperation]) -> Int {
        var bytes = 0
        let fitting = operations.prefix(maximumOperations).prefix { operation in
            bytes += operation.bytes
            return bytes <= maximumBytes
        }
        return max(fitting.count, min(1, operations.count))
    }

    private func count(_ batch: [WriteOperation], in time: Duration) {
        let durable = batch.count { $0.durability == .durable }
        backlog.withLock { backlog in
            backlog.statistics.operations += batch.count
            backlog.statistics.durableOperations += durable
            backlog.statistics.commits += 1
            backlog.statistics.syncedCommits += durable > 0 ? 1 : 0
            backlog.gathering.committed(batch.count, isSynced: durable > 0, in: time)
        }
    }
}
