import Foundation

/// A server of somebody else's, started for one measurement, its waits for the disk counted by strace if asked.
final class ServerProcess: Sendable {
    let port: UInt16
    private let process: Process
    private let trace: String?

    /// - Parameter arguments: What follows the program's name, given the port.
    init(_ program: String, countingSyncsIn folder: String?, _ arguments: (UInt16) -> [String]) throws {
        port = try freePort()
        trace = folder.map { $0 + "/syncs.txt" }
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let counting = trace.map {
            ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=fsync,fdatasync", "-o", $0]
        }
        process.arguments = (counting ?? []) + [program] + arguments(port)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try waitUntilItListens(program)
    }

    private func waitUntilItListens(_ program: String) throws {
        for _ in 0..<200 {
            do {
                _ = try Connection(port: port)
                return
            } catch {
                guard process.isRunning else { throw BenchmarkError("\(program) does not start") }
                usleep(20_000)
            }
        }
        throw BenchmarkError("\(program) does not listen")
    }

    /// Lines of the trace: one a call, or two where another thread came between.
    func syncs() throws -> Int? {
        guard let trace else { return nil }
        return try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").count { $0.contains("sync(") }
    }

    /// Kills the server: Foundation starts it with SIGTERM blocked.
    ///
    /// Under strace it is strace's only child.
    func stop() throws {
        let id = process.processIdentifier
        let children = try String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)
        kill(children.split(separator: " ").first.flatMap { Int32($0) } ?? id, SIGKILL)
        process.waitUntilExit()
    }
}

/// Runs blocking callers, each on a thread of its own.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) async throws {
    try await withThrowingTaskGroup { group in
        for index in 0..<count {
            group.addTask {
                try await withCheckedThrowingContinuation { done in
                    let thread = Thread { done.resume(with: Result { try body(index) }) }
                    thread.stackSize = 512 << 10
                    thread.start()
                }
            }
        }
        try await group.waitForAll()
    }
}
