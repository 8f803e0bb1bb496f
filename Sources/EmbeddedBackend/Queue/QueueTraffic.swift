import Synchronization
package import Telemetry

/// How many messages have passed each queue since the folder was opened.
package final class QueueTraffic: Sendable {
    private struct Counts {
        var sent = 0
        var received = 0
        var deleted = 0
        var deadLettered = 0
    }

    private let counts = Mutex<[String: Counts]>([:])

    func sent(_ count: Int, toQueueNamed name: String) { add(count, to: \.sent, name) }
    func received(_ count: Int, fromQueueNamed name: String) { add(count, to: \.received, name) }
    func deleted(_ count: Int, fromQueueNamed name: String) { add(count, to: \.deleted, name) }
    func deadLettered(_ count: Int, fromQueueNamed name: String) { add(count, to: \.deadLettered, name) }

    func forget(queueNamed name: String) { _ = counts.withLock { $0.removeValue(forKey: name) } }

    private func add(_ count: Int, to kind: any WritableKeyPath<Counts, Int> & Sendable, _ name: String) {
        guard count > 0 else { return }
        counts.withLock { $0[name, default: Counts()][keyPath: kind] += count }
    }

    package var metrics: [MetricFamily] {
        let counts = counts.withLock { $0 }.sorted { $0.key < $1.key }
        func family(_ name: String, _ help: String, _ kind: KeyPath<Counts, Int>) -> MetricFamily {
            MetricFamily(
                "speaktracker_queue_\(name)_total", .counter, help: help,
                counts.map { .init(["queue": $0.key], Double($0.value[keyPath: kind])) })
        }
        return [
            family("sends", "Messages sent to a queue.", \.sent),
            family("receives", "Deliveries from a queue, repeated ones included.", \.received),
            family("deletes", "Messages deleted from a queue by their receivers.", \.deleted),
            family("dead_letters", "Messages that went from a queue to its dead letters.", \.deadLettered),
        ]
    }
}
