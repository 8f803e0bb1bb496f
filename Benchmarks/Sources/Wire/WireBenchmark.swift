import Foundation

/// What SQS over HTTP costs the server, beside moto_server over the same client, and beanstalkd and redis over theirs.
enum WireBenchmark {
    static func run(quickly: Bool) async throws {
        print("Machine: \(Machine.description). Median (minimum–maximum) of the runs.\n")
        try await WireLoadTable(runs: quickly ? 1 : 5, scale: quickly ? 0.1 : 1).print()
        try await WireDepthTable(runs: quickly ? 1 : 5, scale: quickly ? 0.01 : 1).print()
        try await WireIdleTable(runs: quickly ? 1 : 5, scale: quickly ? 0.1 : 1).print()
    }
}

/// Table 1: the server's processor time a send, sends a second, and sends a wait for the disk.
struct WireLoadTable {
    let runs: Int
    let scale: Double

    private struct Peer {
        let name: String
        let rounds: Int
        let start: @Sendable (_ path: String, _ countingSyncs: Bool) async throws -> any MeasuredServer
    }

    private let peers = [
        Peer(name: "speaktracker serve", rounds: 20_000) { path, _ in try await SQSSubject.ours(in: path) },
        Peer(name: "moto_server (keeps nothing)", rounds: 300) {
            try await SQSSubject.moto(in: $0, countingSyncs: $1)
        },
        Peer(name: "beanstalkd", rounds: 20_000) { try BeanstalkdSubject.start(in: $0, countingSyncs: $1) },
        Peer(name: "redis", rounds: 20_000) { try RedisSubject.start(in: $0, countingSyncs: $1) },
    ]

    func print() async throws {
        for callers in [1, 64] {
            var costs: [[Double]] = peers.map { _ in [] }
            var rates: [[Double]] = peers.map { _ in [] }
            for run in 0..<runs {
                for (index, peer) in peers.enumerated() {
                    let (cost, rate) = try await measure(peer, callers)
                    costs[index].append(cost)
                    rates[index].append(rate)
                }
                progress("\(callers) connections, run \(run): \(costs.map { grouped($0.last ?? 0) })")
            }
            var table = MarkdownTable(
                "\(callers) \(callers == 1 ? "connection" : "connections")", "server CPU a send, µs", "beside ours",
                "sends/s", "sends a fsync")
            for (index, peer) in peers.enumerated() {
                let ratios = Sample(zip(costs[index], costs[0]).map { $0 / $1 })
                let perSync = try await sendsPerSync(peer, callers)
                table.append(
                    peer.name, Sample(costs[index]).text(), ratios.text(decimals: 1), Sample(rates[index]).text(),
                    perSync)
            }
            Swift.print(table.text + "\n")
        }
    }

    private func measure(_ peer: Peer, _ callers: Int) async throws -> (microseconds: Double, rate: Double) {
        try await withTemporaryFolder { path in
            let subject = try await peer.start(path, false)
            let rounds = max(callers, Int(Double(peer.rounds) * scale))
            try await subject.run(.send, rounds: max(callers, rounds / 10), callers: callers)
            let before = try subject.server.processorSeconds()
            let time = try await ContinuousClock().measure {
                try await subject.run(.send, rounds: rounds, callers: callers)
            }
            let cost = (try subject.server.processorSeconds() - before) / Double(rounds) * 1e6
            try await subject.stop()
            return (cost, Double(rounds) / time.inSeconds)
        }
    }

    private func sendsPerSync(_ peer: Peer, _ callers: Int) async throws -> String {
        try await withTemporaryFolder { path in
            let subject = try await peer.start(path, true)
            let rounds = max(callers, Int(Double(peer.rounds) / 4 * scale))
            try await subject.run(.send, rounds: rounds, callers: callers)
            let before = try await subject.syncs() ?? 0
            try await subject.run(.send, rounds: rounds, callers: callers)
            let syncs = (try await subject.syncs() ?? 0) - before
            try await subject.stop()
            return syncs == 0 ? "no fsync" : grouped(Double(rounds) / Double(syncs), 1)
        }
    }
}

/// A server whose processor time is known.
protocol MeasuredServer: QueueSubject {
    var server: ServerProcess { get }
}

extension SQSSubject: MeasuredServer {}
extension BeanstalkdSubject: MeasuredServer {}
extension RedisSubject: MeasuredServer {}

/// Table 2: the server's processor time for a message sent, received and deleted, by how many others are in the queue.
struct WireDepthTable {
    let runs: Int
    let scale: Double

    private static let callers = 64

    func print() async throws {
        try await withTemporaryFolder { path in
            let depths = [("none", 0), ("10^5", Int(1e5 * scale)), ("10^6", Int(1e6 * scale))]
            var subjects: [SQSSubject] = []
            for (name, depth) in depths {
                let folder = path + "/\(subjects.count)"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                let subject = try await SQSSubject.ours(in: folder)
                try await fill(subject, depth)
                subjects.append(subject)
                progress("filled: \(name)")
            }
            var costs: [[Double]] = depths.map { _ in [] }
            for run in 0...runs {
                for (index, subject) in subjects.enumerated() {
                    let rounds = max(640, Int(10_000 * scale))
                    let before = try subject.server.processorSeconds()
                    try await subject.run(.sendReceiveAndDelete, rounds: rounds, callers: Self.callers)
                    let cost = (try subject.server.processorSeconds() - before) / Double(rounds) * 1e6
                    // The first run warms up.
                    if run > 0 { costs[index].append(cost) }
                }
                progress("depth, run \(run): \(costs.map { grouped($0.last ?? 0) })")
            }
            var table = MarkdownTable("messages before", "server CPU a message, µs", "beside an empty queue")
            for (index, depth) in depths.enumerated() {
                let ratios = Sample(zip(costs[index], costs[0]).map { 100 * $0 / $1 })
                table.append(depth.0, Sample(costs[index]).text(), ratios.text() + " %")
                try subjects[index].stop()
            }
            Swift.print(table.text + "\n")
        }
    }

    private func fill(_ subject: SQSSubject, _ depth: Int) async throws {
        try await onThreads(Self.callers) { caller in
            let session = try HTTPSession(port: subject.server.port)
            for batch in 0..<share(of: depth / 10, caller: caller, callers: Self.callers) {
                try subject.batch((0..<10).map { WirePayload.body(batch * 10 + $0, caller: caller) }, over: session)
            }
        }
    }
}

/// Table 3: what waiting costs, how soon it ends, and how soon and how small the server is.
struct WireIdleTable {
    let runs: Int
    let scale: Double

    func print() async throws {
        var starts: [Double] = []
        var memories: [Double] = []
        var waiting: [Double] = []
        var latencies: [Double] = []
        for run in 0..<runs {
            try await withTemporaryFolder { path in
                // The folder is there already, as it is at all starts but the first.
                try await SQSSubject.ours(in: path).stop()
                var subject: SQSSubject?
                let time = try await ContinuousClock().measure {
                    subject = try await SQSSubject.ours(in: path)
                }
                guard let subject else { return }
                starts.append(time.inSeconds * 1000)
                memories.append(try subject.server.residentMiB())
                waiting.append(try idleCost(subject))
                latencies += try await wakeUps(subject)
                try subject.stop()
            }
            progress("idle, run \(run)")
        }
        let sorted = latencies.sorted()
        var table = MarkdownTable("what", "measured", "aim")
        table.append("start to first answer, ms", Sample(starts).text(), "< 60")
        table.append("memory when idle, MiB", Sample(memories).text(decimals: 1), "< 38 (40 MB)")
        table.append("CPU of \(polls) waiting polls, ms a second", Sample(waiting).text(decimals: 1), "0")
        table.append(
            "from a send's start to the waiting receiver's answer, ms: median, 99th percentile",
            "\(grouped(sorted[sorted.count / 2], 2)), \(grouped(sorted[sorted.count * 99 / 100], 2))", "< 2, median")
        Swift.print(table.text + "\n")
    }

    private var polls: Int { Int(1000 * scale) }

    private func idleCost(_ subject: SQSSubject) throws -> Double {
        let sessions = try (0..<polls).map { _ in try HTTPSession(port: subject.server.port) }
        for session in sessions { try subject.beginReceive(over: session) }
        usleep(2_000_000)
        let before = try subject.server.processorSeconds()
        usleep(10_000_000)
        let cost = (try subject.server.processorSeconds() - before) / 10 * 1000
        for session in sessions { try subject.endReceive(over: session) }
        return cost
    }

    private func wakeUps(_ subject: SQSSubject) async throws -> [Double] {
        let sender = try HTTPSession(port: subject.server.port)
        let receiver = try HTTPSession(port: subject.server.port)
        return try (0..<Int(500 * scale)).map { number in
            try subject.beginReceive(over: receiver)
            usleep(2_000)
            let start = ContinuousClock.now
            try subject.send(WirePayload.body(number, caller: 0), over: sender)
            try subject.endReceive(over: receiver)
            return (ContinuousClock.now - start).inSeconds * 1000
        }
    }
}
