import Dispatch

/// Where one run of a handler computes: a thread beside those that extend leases and call stores.
///
/// Scoring and encoding do not pause for seconds; on a machine with one processor they would keep all else waiting, until
/// the lease of their own job is lost. A queue that is serial has a thread of its own whenever it needs one; one that is
/// concurrent shares theirs.
final class HandlerThread: TaskExecutor {
    private let queue = DispatchQueue(label: "speaktracker.handler")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
