internal import Dispatch

/// Runs an actor's jobs one after another away from Swift's own threads, which long C calls would hold up.
final class EspeakThread: SerialExecutor {
    private let queue = DispatchQueue(label: "speaktracker.espeak", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
