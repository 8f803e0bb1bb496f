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
                let ours = try await measure(load, callers) { path, _ in try await EmbeddedSubject.start(in: path) }
                let beanstalkd = try await measure(load, callers, BeanstalkdSubject.start)
                let redis = try await measure(load, callers, RedisSubject.start)
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

    /// Speed without a tracer; then one run that counts.
    private func measure(_ load: QueueLoad, _ callers: Int, _ start: Start) async throws -> Measurement {
        var rates: [Double] = []
        var rounds = max(200, callers * 20)
        rounds = min(400_000, Int(try await rate(load, rounds, callers, start).perSecond * seconds) + callers)
        for _ in 0..<runs { rates.append(try await rate(load, rounds, callers, start).perSecond) }
        let counted = try await rate(load, min(rounds, 20_000), callers, start, countingSyncs: true)
        progress("\(load.rawValue), \(callers) callers: \(Sample(rates).text()), \(counted.perSync ?? "–") per fsync")
        return Measurement(rate: Sample(rates), perSync: counted.perSync ?? "not counted")
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
