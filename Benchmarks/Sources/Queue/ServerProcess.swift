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
        for _ in 0..<10_000 {
            do {
                _ = try Connection(port: port)
                return
            } catch {
                guard process.isRunning else { throw BenchmarkError("\(program) does not start") }
                usleep(1_000)
            }
        }
        throw BenchmarkError("\(program) does not listen")
    }

    /// Lines of the trace: one a call, or two where another thread came between.
    func syncs() throws -> Int? {
        guard let trace else { return nil }
        return try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").count { $0.contains("sync(") }
    }

    /// The server itself; under strace it is strace's only child.
    private func serverID() throws -> Int32 {
        let id = process.processIdentifier
        let children = try String(contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)
        return children.split(separator: " ").first.flatMap { Int32($0) } ?? id
    }

    /// Seconds of processor time that the server has used, in its own code and in the kernel.
    func processorSeconds() throws -> Double {
        let fields =
            try String(contentsOfFile: "/proc/\(serverID())/stat", encoding: .utf8)
            .split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw BenchmarkError("/proc has no times of the server")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// What the server has in memory, in MiB.
    func residentMiB() throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(serverID())/status", encoding: .utf8)
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kib = Double(line.split(separator: " ")[1])
        else { throw BenchmarkError("/proc has no memory of the server") }
        return kib / 1024
    }

    /// Kills the server: Foundation starts it with SIGTERM blocked.
    func stop() throws {
        kill(try serverID(), SIGKILL)
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
