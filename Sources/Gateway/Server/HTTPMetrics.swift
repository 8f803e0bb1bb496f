import Synchronization
import Telemetry

/// What a request asked for, by words of which there are few.
struct OperationLabel: Hashable, Sendable {
    static let unknown = "unknown"

    /// `sqs`, `dynamodb`, `s3`, `sts` or `pages`.
    var service = Self.unknown
    var name = Self.unknown
}

/// Requests by what they asked for and how they ended.
final class HTTPMetrics: Sendable {
    private struct Counts {
        var byStatus: [Int: Int] = [:]
        var seconds = Histogram(bounds: HTTPMetrics.bounds)
    }

    /// Seconds, from a cached read to the longest poll.
    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30]

    private let counts = Mutex<[OperationLabel: Counts]>([:])
    private let connections = Atomic(0)

    func observe(_ operation: OperationLabel, status: Int, since start: ContinuousClock.Instant) {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        counts.withLock { counts in
            counts[operation, default: Counts()].byStatus[status, default: 0] += 1
            counts[operation, default: Counts()].seconds.observe(seconds)
        }
    }

    func connectionOpened() { connections.add(1, ordering: .relaxed) }

    func connectionClosed() { connections.subtract(1, ordering: .relaxed) }

    var families: [MetricFamily] {
        let counts = counts.withLock { $0 }.sorted { ($0.key.service, $0.key.name) < ($1.key.service, $1.key.name) }
        return [
            MetricFamily(
                "speaktracker_http_requests_total", .counter,
                help: "Requests answered, by what they asked for and the answer's status.",
                counts.flatMap { operation, counts in
                    counts.byStatus.sorted { $0.key < $1.key }.map { status, count in
                        .init(operation.labels + [("status", "\(status)")], Double(count))
                    }
                }),
            MetricFamily(
                "speaktracker_http_request_duration_seconds", .histogram,
                help: "Time from a request's arrival to its answer; long polls wait in it.",
                counts.flatMap { $0.value.seconds.series($0.key.labels) }),
            MetricFamily(
                "speaktracker_http_connections", .gauge, help: "Open connections.",
                [.init([:], Double(connections.load(ordering: .relaxed)))]),
        ]
    }
}

extension OperationLabel {
    fileprivate var labels: [(String, String)] { [("service", service), ("operation", name)] }
}
