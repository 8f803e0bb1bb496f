import Foundation
import Processes
import Synchronization
package import Telemetry

extension PoolFigures {
    /// For Prometheus.
    ///
    /// Labels have few values each: no ids, no process numbers.
    package var metrics: [MetricFamily] {
        let counts = counts.withLock { $0 }
        return Self.jobs(counts) + [Self.calls(counts)] + Self.processes(counts)
    }

    private static func jobs(_ counts: Counts) -> [MetricFamily] {
        let jobs = counts.jobs.sorted { $0.key < $1.key }
        let durations = counts.durations.sorted { $0.key < $1.key }
        return [
            MetricFamily(
                "speaktracker_jobs_total", .counter, help: "Deliveries of jobs that workers have taken to their end.",
                jobs.map { .init(["kind": $0.kind, "outcome": $0.outcome], Double($1)) }),
            MetricFamily(
                "speaktracker_job_duration_seconds", .histogram,
                help: "How long a delivery's job was worked on, if it was begun.",
                durations.flatMap { $1.series([("kind", $0.kind), ("outcome", $0.outcome)]) }),
            byKind(
                "speaktracker_job_retries_total", "Attempts that failed or timed out, after which the job comes again.",
                counts.retries),
            byKind(
                "speaktracker_dead_letters_total", "Messages that workers have put to the dead letters.",
                counts.deadLetters),
            byKind(
                "speaktracker_lost_leases_total", "Jobs whose message another worker has, or may have.",
                counts.lostLeases),
        ]
    }

    private static func calls(_ counts: Counts) -> MetricFamily {
        MetricFamily(
            "speaktracker_service_requests_total", .counter,
            help: "Requests that this pool has sent to SQS, DynamoDB, S3 and STS, by the answer's status.",
            counts.calls.sorted { $0.key < $1.key }.map { call, count in
                let status = call.status.map(String.init) ?? "none"
                return .init(
                    ["service": call.service, "operation": call.operation, "status": status], Double(count))
            })
    }

    private static func byKind(_ name: String, _ help: String, _ counts: [String: Int]) -> MetricFamily {
        MetricFamily(
            name, .counter, help: help, counts.sorted { $0.key < $1.key }.map { .init(["kind": $0], Double($1)) })
    }

    private static func processes(_ counts: Counts) -> [MetricFamily] {
        [
            MetricFamily(
                "speaktracker_worker_processes", .gauge, help: "Worker processes that live.",
                [
                    .init(["state": "receiving"], Double(counts.receiving.count)),
                    .init(["state": "leaving"], Double(counts.leaving.count)),
                    .init(
                        ["state": "starting"],
                        Double(counts.living.count - counts.receiving.count - counts.leaving.count)),
                ]),
            MetricFamily(
                "speaktracker_worker_starts_total", .counter, help: "Worker processes that were started.",
                [.init([:], Double(counts.starts))]),
            MetricFamily(
                "speaktracker_worker_restarts_total", .counter,
                help: "Worker processes that were started in the place of one that had ended.",
                [.init([:], Double(counts.restarts))]),
            MetricFamily(
                "speaktracker_worker_deaths_total", .counter,
                help: "Worker processes that a signal ended, or that ended with another status than 0.",
                counts.deaths.sorted { "\($0.key)" < "\($1.key)" }.map { .init(["end": "\($0)"], Double($1)) }),
            MetricFamily(
                "speaktracker_process_resident_memory_bytes", .gauge, help: "Memory in RAM of each process.",
                memory(counts)),
        ]
    }

    private static func memory(_ counts: Counts) -> [MetricFamily.Series] {
        let workers = counts.living.sorted { $0.key.place < $1.key.place }.map { ("worker-\($0.place)", $1) }
        return ([("main", getpid())] + workers).compactMap { name, process in
            ResidentMemory.bytes(of: process).map { .init(["process": name], Double($0)) }
        }
    }
}
