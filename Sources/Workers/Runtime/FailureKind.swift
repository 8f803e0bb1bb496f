/// How a job, or an attempt of it, failed: `failure` in AsyncJobStatus, and `speaktracker.failure` of a dead letter.
package enum FailureKind: String, CaseIterable, Sendable {
    /// The job cannot be done as it is, or its attempts are used up.
    case failed
    /// An attempt took longer than jobs of the kind may take.
    case timedOut = "timed_out"
    /// The worker's process ended in the middle of the job.
    case workerDied = "worker_died"
    /// It waited longer than jobs of the kind are worth doing.
    case expired
    /// The message was no job.
    case refused
}
