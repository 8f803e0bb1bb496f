package import Processes
package import Workers

/// What happens to a pool.
package enum PoolEvent: Hashable, Sendable {
    case began
    case receiving(WorkerID)
    case finishedJob(WorkerID, residentBytes: Int)
    /// A process ended; with why it could not begin, if it said so.
    case ended(WorkerID, ProcessEnding, StartFailure?)
    /// A process that was told to stop had all the time there is.
    case deadlinePassed(WorkerID)
    /// A place was empty for as long as it should be.
    case pauseOver(place: Int)
    case settingsChanged(PoolSettings)
    case toldToStop
}

/// What a pool wants done.
package enum PoolAction: Hashable, Sendable {
    case start(WorkerID)
    /// Tell a process to finish its jobs and end, and come back with ``PoolEvent/deadlinePassed(_:)``.
    case terminate(WorkerID)
    case kill(WorkerID)
    /// Come back with ``PoolEvent/pauseOver(place:)``.
    case pause(place: Int, Duration)
    /// All processes have ended, and no other shall begin; with the reason where none could.
    case end(StartFailure?)
}
