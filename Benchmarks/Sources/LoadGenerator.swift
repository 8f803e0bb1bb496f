import Foundation

/// wrk, as Debian has it: one thread, and connections that each ask again as soon as they are answered.
enum LoadGenerator {
    struct Load {
        let requests: Int
        let requestsPerSecond: Double
    }

    /// - Parameter script: Lua that says what is asked.
    static func run(port: UInt16, path: String = "/", connections: Int, seconds: Int, script: String) throws -> Load {
        let file = FileManager.default.temporaryDirectory.appending(path: "wrk-\(UUID().uuidString).lua")
        try script.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let wrk = Process()
        wrk.executableURL = URL(filePath: "/usr/bin/env")
        wrk.arguments = [
            "wrk", "--threads", "1", "--connections", String(connections), "--duration", "\(seconds)s", "--timeout",
            "30s",
            "--script", file.path, "http://127.0.0.1:\(port)\(path)",
        ]
        let output = Pipe()
        wrk.standardOutput = output
        try wrk.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        wrk.waitUntilExit()
        guard wrk.terminationStatus == 0, !text.contains("Non-2xx"), !text.contains("Socket errors"),
            let requests = text.firstMatch(of: /(\d+) requests in/).flatMap({ Int($0.1) }),
            let rate = text.firstMatch(of: /Requests\/sec:\s+([\d.]+)/).flatMap({ Double($0.1) })
        else { throw BenchmarkError("wrk says: \(text)") }
        return Load(requests: requests, requestsPerSecond: rate)
    }
}
