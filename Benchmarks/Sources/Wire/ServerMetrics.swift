import Foundation

/// What `serve` says of itself at `/-/metrics`; `nil` of a server that has no such page.
struct ServerMetrics {
    let syncedCommits: Int

    init?(of server: ServerProcess) throws {
        let connection = try Connection(port: server.port)
        try connection.send("GET /-/metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        guard try connection.line().hasPrefix("HTTP/1.1 200") else { return nil }
        var length = 0
        while case let header = try connection.line(), !header.isEmpty {
            let parts = header.lowercased().split(separator: ": ")
            if parts[0] == "content-length" { length = Int(parts[1]) ?? 0 }
        }
        let name = "speaktracker_store_commits_total{synced=\"true\"} "
        let lines = try connection.bytes(length).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix(name) }), let count = Int(line.dropFirst(name.count)) else {
            return nil
        }
        syncedCommits = count
    }
}
