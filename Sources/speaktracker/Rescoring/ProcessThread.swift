import Dispatch

/// Runs an actor's jobs one after another away from Swift's own threads, which long waits for another process would
/// hold up.
final class ProcessThread: SerialExecutor {
    private let queue = DispatchQueue(label: "speaktracker.rescore")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
