import Processes
import Workers

/// What reaches a pool.
enum PoolLetter: Sendable {
    case event(PoolEvent)
    case report(WorkerID, WorkerReport)
    case ended(WorkerID, ProcessEnding)
    case settings(PoolSettings, [UInt8])
}
