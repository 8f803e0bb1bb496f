import EmbeddedBackend
import Foundation
import Queueing

/// Table 2: processor time for a message sent, received and deleted, by how many others are in the queue.
struct DepthTable {
    let runs: Int
    /// 1 for a hundred thousand and a million.
    let scale: Double

    private static let callers = 64

    func print() async throws {
        var table = MarkdownTable(
            "messages before", "CPU per message, µs", "beside an empty queue", "statistics(), ms")
        var empty: Double?
        for (name, count, isHidden) in [
            ("none", 0.0, false), ("10^5 visible", 1e5, false), ("10^6 visible", 1e6, false),
            ("10^6 hidden", 1e6, true), ("none, again", 0, false),
        ] {
            let result = try await measure(depth: Int(count * scale), isHidden: isHidden)
            progress("\(name): \(result.cost.text(decimals: 1)) µs")
            empty = empty ?? result.cost.median
            table.append(
                name, result.cost.text(decimals: 1),
                "\(grouped(100 * result.cost.median / (empty ?? 1)))%", grouped(result.statistics, 2))
        }
        Swift.print(table.text + "\n")
    }

    private func measure(depth: Int, isHidden: Bool) async throws -> (cost: Sample, statistics: Double) {
        try await withTemporaryFolder { path in
            let subject = try await EmbeddedSubject.start(in: path)
            try await fill(subject.queue, depth)
            if isHidden { try await hide(subject.queue, depth) }
            let rounds = max(640, Int(40_000 * scale))
            try await subject.run(.sendReceiveAndDelete, rounds: rounds, callers: Self.callers)
            var costs: [Double] = []
            for _ in 0..<runs {
                let before = processorSeconds()
                try await subject.run(.sendReceiveAndDelete, rounds: rounds, callers: Self.callers)
                costs.append((processorSeconds() - before) / Double(rounds) * 1e6)
            }
            let statistics = try await statisticsMilliseconds(subject.queue, depth)
            try subject.stop()
            return (Sample(costs), statistics)
        }
    }

    private func fill(_ queue: any MessageQueue, _ depth: Int) async throws {
        try await inParallel(batches: depth / 10) { batch in
            _ = try await queue.send(
                (0..<10).map { OutgoingMessage(body: Array(Payload.body(batch * 10 + $0, caller: 0).utf8)) })
        }
    }

    private func hide(_ queue: any MessageQueue, _ depth: Int) async throws {
        try await inParallel(batches: depth / 10) { _ in
            _ = try await queue.receive(maximum: 10, visibilityTimeout: .seconds(43_200))
        }
    }

    private func inParallel(batches: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            for caller in 0..<Self.callers {
                group.addTask {
                    for batch in stride(from: caller, to: batches, by: Self.callers) { try await body(batch) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func statisticsMilliseconds(_ queue: any MessageQueue, _ depth: Int) async throws -> Double {
        let statistics = try await queue.statistics()
        guard statistics.total == depth else { throw BenchmarkError("\(statistics.total) messages are not \(depth)") }
        let times = try await (0..<5).asyncMap { _ in
            try await ContinuousClock().measure { _ = try await queue.statistics() }.inSeconds * 1000
        }
        return Sample(times).median
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
