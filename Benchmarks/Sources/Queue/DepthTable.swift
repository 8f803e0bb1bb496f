import EmbeddedBackend
import Foundation
import Queueing

/// Table 2: processor time for a message sent, received and deleted, by how many others are in the queue.
struct DepthTable {
    let runs: Int
    /// 1 for a hundred thousand and a million.
    let scale: Double

    private static let callers = 64

    private let depths: [(name: String, count: Double, isHidden: Bool)] = [
        ("none", 0, false), ("10^5 visible", 1e5, false), ("10^6 visible", 1e6, false), ("10^6 leased", 1e6, true),
    ]

    /// The queues take turns, so that whatever else the machine does meets all of them.
    func print() async throws {
        try await withTemporaryFolder { path in
            var subjects: [EmbeddedSubject] = []
            for depth in depths {
                let subject = try await EmbeddedSubject.start(in: path + "/\(subjects.count)")
                try await fill(subject.queue, Int(depth.count * scale))
                if depth.isHidden { try await hide(subject.queue, Int(depth.count * scale)) }
                subjects.append(subject)
                progress("filled: \(depth.name)")
            }
            let costs = try await costs(of: subjects)
            var table = MarkdownTable(
                "messages before", "CPU per message, µs", "beside an empty queue", "statistics(), ms")
            for (index, depth) in depths.enumerated() {
                let ratios = Sample(zip(costs[index], costs[0]).map { 100 * $0 / $1 })
                let time = try await statisticsMilliseconds(subjects[index].queue, Int(depth.count * scale))
                table.append(
                    depth.name, Sample(costs[index]).text(decimals: 1), ratios.text() + " %", grouped(time, 2))
                try subjects[index].stop()
            }
            Swift.print(table.text + "\n")
        }
    }

    /// Microseconds of processor time a message: for each queue, of each run.
    private func costs(of subjects: [EmbeddedSubject]) async throws -> [[Double]] {
        let rounds = max(640, Int(40_000 * scale))
        var costs: [[Double]] = subjects.map { _ in [] }
        for run in 0...runs {
            for (index, subject) in subjects.enumerated() {
                let before = processorSeconds()
                try await subject.run(.sendReceiveAndDelete, rounds: rounds, callers: Self.callers)
                // The first run warms up.
                if run > 0 { costs[index].append((processorSeconds() - before) / Double(rounds) * 1e6) }
            }
            progress("depth, run \(run): " + costs.map { grouped($0.last ?? 0, 1) }.joined(separator: ", "))
        }
        return costs
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
