import Foundation

/// What a child process, and all that it started, took.
struct MeasuredProcess {
    let wallSeconds: Double
    /// Of the process and its descendants, in their own code and in the kernel.
    let processorSeconds: Double
    /// The most that the process and its children had in memory together, in MiB, looked at every 20 ms.
    let peakMiB: Double

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - input: A file for its standard input; nothing, if left out.
    ///   - output: A file for its standard output; nowhere, if left out.
    /// - Throws: ``BenchmarkError`` when it cannot be started, or fails.
    init(_ program: String, _ arguments: [String], input: String = "/dev/null", output: String = "/dev/null") throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let texts = ([program] + arguments).map { strdup($0) }
        defer { for text in texts { free(text) } }
        let start = ContinuousClock.now
        var id: pid_t = 0
        guard posix_spawnp(&id, program, &actions, nil, texts + [nil], environ) == 0 else {
            throw BenchmarkError("\(program) cannot be started")
        }
        var usage = rusage()
        var status: Int32 = 0
        var peak = 0.0
        while wait4(id, &status, WNOHANG, &usage) == 0 {
            peak = max(peak, Self.residentMiB(of: id))
            usleep(20_000)
        }
        guard status == 0 else { throw BenchmarkError("\(program) ended with status \(status)") }
        wallSeconds = (ContinuousClock.now - start).inSeconds
        processorSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        peakMiB = peak
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    /// Of a process and its children; 0 for one that has ended.
    private static func residentMiB(of id: pid_t) -> Double {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/task")) ?? []
        let children = threads.flatMap { thread in
            text("/proc/\(id)/task/\(thread)/children").split(separator: " ").compactMap { pid_t($0) }
        }
        let pages = text("/proc/\(id)/statm").split(separator: " ")
        let own = pages.count > 1 ? Double(pages[1]) ?? 0 : 0
        return own * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576 + children.reduce(0) { $0 + residentMiB(of: $1) }
    }

    /// Not by `String(contentsOfFile:)`, which loses 4 KiB at each reading of up to 14 bytes from a file that says it is
    /// empty, as those of /proc do.
    ///
    /// - Returns: Nothing where the process has ended.
    private static func text(_ path: String) -> String {
        guard let data = try? FileHandle(forReadingAtPath: path)?.readToEnd() else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}
