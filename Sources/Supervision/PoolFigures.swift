import Foundation
import Processes
import SpeakModel
import Synchronization
package import Telemetry
package import Workers

/// What a pool has done so far, counted.
package final class PoolFigures: Sendable {
    struct JobLabels: Hashable, Comparable {
        let kind: String
        let outcome: String

        static func < (one: Self, other: Self) -> Bool { (one.kind, one.outcome) < (other.kind, other.outcome) }
    }

    struct Counts {
        var jobs: [JobLabels: Int] = [:]
        /// Of the jobs that were begun.
        var durations: [JobLabels: Histogram] = [:]
        var retries = byKind
        var deadLetters = byKind
        var lostLeases = byKind
        var calls: [OutgoingCall: Int] = [:]
        var starts = 0
        /// Starts in a place where a process was before.
        var restarts = 0
        /// Ends that were not in order, by how they came about.
        var deaths: [ProcessEnding: Int] = [:]
        var living: [WorkerID: pid_t] = [:]
        var receiving: Set<WorkerID> = []
        var leaving: Set<WorkerID> = []

        /// A counter that is there from the start shows its first step.
        private static let byKind = Dictionary(uniqueKeysWithValues: JobKind.allCases.map { ($0.rawValue, 0) })
    }

    let counts = Mutex(Counts())

    package init() {}

    /// Whether any process takes jobs.
    package var isReceiving: Bool { counts.withLock { !$0.receiving.isEmpty } }

    /// This process takes jobs itself, without a supervisor.
    package func noteReceivingHere() { note(receiving: WorkerID(place: 1, generation: 1)) }

    package func note(_ event: JobEvent) {
        let kind = event.kind?.rawValue ?? "none"
        counts.withLock { counts in
            let labels = JobLabels(kind: kind, outcome: event.outcome.rawValue)
            counts.jobs[labels, default: 0] += 1
            if event.attempt > 0 {
                counts.durations[labels, default: Histogram(bounds: Histogram.secondsOfJobs)]
                    .observe(event.duration / .seconds(1))
            }
            if event.isDeadLetter { counts.deadLetters[kind, default: 0] += 1 }
            switch event.outcome {
            case .retried, .timedOut: counts.retries[kind, default: 0] += 1
            case .leaseLost: counts.lostLeases[kind, default: 0] += 1
            default: break
            }
        }
    }

    /// Counts requests to services.
    package func note(_ calls: [OutgoingCall: Int]) {
        counts.withLock { $0.calls.merge(calls) { $0 + $1 } }
    }

    func note(started worker: WorkerID, _ process: pid_t) {
        counts.withLock { counts in
            counts.starts += 1
            counts.restarts += worker.generation > 1 ? 1 : 0
            counts.living[worker] = process
        }
    }

    func note(receiving worker: WorkerID) { counts.withLock { _ = $0.receiving.insert(worker) } }

    func note(leaving worker: WorkerID) {
        counts.withLock { counts in
            counts.receiving.remove(worker)
            counts.leaving.insert(worker)
        }
    }

    func note(ended worker: WorkerID, _ ending: ProcessEnding) {
        counts.withLock { counts in
            counts.living[worker] = nil
            counts.receiving.remove(worker)
            counts.leaving.remove(worker)
            if ending != .exited(status: 0) { counts.deaths[ending, default: 0] += 1 }
        }
    }
}
