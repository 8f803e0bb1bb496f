import Foundation

/// What giving out objects costs the server, beside nginx and moto_server with the same bytes.
enum ObjectsBenchmark {
    static func run(quickly: Bool) async throws {
        print("Machine: \(Machine.description). Median (minimum–maximum) of the runs.\n")
        let table = ObjectsTable(runs: quickly ? 1 : 5, scale: quickly ? 0.1 : 1)
        try await table.printSmall(callers: 1)
        try await table.printSmall(callers: 16)
        try await table.printLarge()
    }
}

struct ObjectsTable {
    let runs: Int
    let scale: Double

    private struct Peer {
        let name: String
        let start: (_ path: String, _ largeBytes: Int) throws -> ObjectServer
    }

    private var largeBytes: Int { Int(Double(1 << 30) * scale) }

    private let peers = [
        Peer(name: "speaktracker serve", start: ObjectServer.ours),
        Peer(name: "nginx, plain files", start: ObjectServer.nginx),
        Peer(name: "moto_server (in memory)", start: ObjectServer.moto),
    ]

    /// The server's processor time a GET of 30 KB, and how many a second.
    func printSmall(callers: Int) async throws {
        let measured = try await samples { server in
            func load(_ seconds: Int) throws -> LoadGenerator.Load {
                try LoadGenerator.run(
                    port: server.server.port, path: ObjectServer.small, connections: callers, seconds: seconds,
                    script: Self.script)
            }
            _ = try load(1)
            let before = try server.server.processorSeconds()
            let load = try load(3)
            let cost = (try server.server.processorSeconds() - before) / Double(load.requests) * 1e6
            return (cost, load.requestsPerSecond)
        }
        var table = MarkdownTable(
            "30 KB, \(callers) \(callers == 1 ? "connection" : "connections")", "server CPU a GET, µs", "GETs/s")
        for (peer, sample) in zip(peers, measured) {
            table.append(peer.name, Sample(sample.map(\.0)).text(), Sample(sample.map(\.1)).text())
        }
        Swift.print(table.text + "\n")
    }

    /// With a signature that nobody checks here: moto_server refuses requests without one.
    private static let script = """
        wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, \
        SignedHeaders=host, Signature=0"
        """

    /// How fast a large object comes over one connection, beside nginx.
    func printLarge() async throws {
        let rounds = 5
        let measured = try await samples { server in
            try server.get(ObjectServer.large, rounds: 1)
            let before = try server.server.processorSeconds()
            let time = try ContinuousClock().measure {
                try server.get(ObjectServer.large, rounds: rounds)
            }
            let gibibytes = Double(rounds * largeBytes) / Double(1 << 30)
            return (gibibytes * 1024 / time.inSeconds, (try server.server.processorSeconds() - before) / gibibytes)
        }
        var table = MarkdownTable(
            "\(largeBytes >> 20) MiB, 1 connection", "MiB/s", "beside nginx, %", "server CPU a GiB, s")
        for (peer, sample) in zip(peers, measured) {
            let ratios = Sample(zip(sample, measured[1]).map { 100 * $0.0 / $1.0 })
            table.append(
                peer.name, Sample(sample.map(\.0)).text(), ratios.text(), Sample(sample.map(\.1)).text(decimals: 2))
        }
        Swift.print(table.text + "\n")
    }

    /// Each peer's figures, a run after another, the peers in turn.
    private func samples(
        _ measure: (ObjectServer) async throws -> (Double, Double)
    ) async throws -> [[(Double, Double)]] {
        var found: [[(Double, Double)]] = peers.map { _ in [] }
        for run in 0..<runs {
            for (index, peer) in peers.enumerated() {
                let figures = try await withTemporaryFolder { path in
                    let server = try peer.start(path, largeBytes)
                    let figures = try await measure(server)
                    try server.server.stop()
                    return figures
                }
                found[index].append(figures)
                progress("run \(run): \(peer.name): \(grouped(figures.0, 1)), \(grouped(figures.1, 2))")
            }
        }
        return found
    }
}
