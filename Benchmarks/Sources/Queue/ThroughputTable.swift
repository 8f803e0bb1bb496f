import Foundation

/// Table 1: rounds a second, and durable operations a wait for the disk, by the number of callers.
struct ThroughputTable {
    let runs: Int
    /// About how long one run takes.
    let seconds: Double

    func print() async throws {
        var table = MarkdownTable(
            "load", "callers", "ours, rounds/s", "durable ops per fsync", "beanstalkd, rounds/s", "ops per fsync",
            "redis, rounds/s", "ops per fsync", "ours : beanstalkd", "ours : redis")
        for load in QueueLoad.allCases {
            for callers in [1, 16, 64, 256] {
                let measured = try await measure(load, callers)
                let (ours, beanstalkd, redis) = (measured[0], measured[1], measured[2])
                table.append(
                    load.rawValue, "\(callers)", ours.rate.text(), ours.perSync, beanstalkd.rate.text(),
                    beanstalkd.perSync, redis.rate.text(), redis.perSync, ratio(ours, beanstalkd), ratio(ours, redis))
            }
        }
        Swift.print(table.text + "\n")
    }

    private struct Measurement {
        let rate: Sample
        let perSync: String
    }

    private typealias Start = (_ path: String, _ countingSyncs: Bool) async throws -> any QueueSubject

    private func ratio(_ left: Measurement, _ right: Measurement) -> String {
        grouped(left.rate.median / right.rate.median, 1)
    }

    private let subjects: [Start] = [
        { path, _ in try await EmbeddedSubject.start(in: path) }, BeanstalkdSubject.start, RedisSubject.start,
    ]

    /// The three take turns, so that a busy disk meets all of them.
    ///
    /// Then one run of each, under strace, counts.
    private func measure(_ load: QueueLoad, _ callers: Int) async throws -> [Measurement] {
        var rounds: [Int] = []
        for start in subjects {
            let speed = try await rate(load, max(200, callers * 20), callers, start).perSecond
            rounds.append(min(400_000, Int(speed * seconds) + callers))
        }
        var rates: [[Double]] = subjects.map { _ in [] }
        for _ in 0..<runs {
            for (index, start) in subjects.enumerated() {
                rates[index].append(try await rate(load, rounds[index], callers, start).perSecond)
            }
        }
        var measured: [Measurement] = []
        for (index, start) in subjects.enumerated() {
            let counted = try await rate(load, min(rounds[index], 20_000), callers, start, countingSyncs: true)
            measured.append(Measurement(rate: Sample(rates[index]), perSync: counted.perSync ?? "not counted"))
        }
        progress(
            "\(load.rawValue), \(callers): "
                + measured.map { "\($0.rate.text()), \($0.perSync)" }.joined(separator: "; "))
        return measured
    }

    private func rate(
        _ load: QueueLoad, _ rounds: Int, _ callers: Int, _ start: Start, countingSyncs: Bool = false
    ) async throws -> (perSecond: Double, perSync: String?) {
        try await withTemporaryFolder { path in
            let subject = try await start(path, countingSyncs)
            if load == .receiveAndDelete { try await subject.run(.send, rounds: rounds, callers: 64) }
            let syncsBefore = try await subject.syncs()
            let time = try await ContinuousClock().measure {
                try await subject.run(load, rounds: rounds, callers: callers)
            }
            let syncs = try await subject.syncs().flatMap { after in syncsBefore.map { after - $0 } }
            try await subject.stop()
            let perSync = syncs.map { grouped(Double(rounds * load.durableSteps) / Double(max(1, $0)), 1) }
            return (Double(rounds) / time.inSeconds, perSync)
        }
    }
}
