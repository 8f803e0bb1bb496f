import Foundation

/// What Linux says of this process, under the names that Prometheus's client libraries share.
package enum ProcessMetrics {
    /// Without what the system does not tell.
    package static var families: [MetricFamily] {
        [
            family("process_resident_memory_bytes", .gauge, "Memory of this process that is in RAM.", residentBytes),
            family(
                "process_cpu_seconds_total", .counter, "Time that processors have worked for this process.", cpuSeconds),
            family("process_open_fds", .gauge, "Open file descriptors.", openDescriptors),
            family("process_max_fds", .gauge, "Most file descriptors that may be open.", mostDescriptors),
        ].compactMap { $0 }
    }

    private static func family(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String, _ value: Double?
    ) -> MetricFamily? {
        value.map { MetricFamily(name, kind, help: help, [.init([:], $0)]) }
    }

    private static var residentBytes: Double? {
        // size resident shared text lib data dt, in pages: proc_pid_statm(5).
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Double(fields[1]) else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static var cpuSeconds: Double? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    private static var openDescriptors: Double? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") else { return nil }
        return Double(names.count - 1)  // The list's own descriptor is in the list.
    }

    private static var mostDescriptors: Double? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Double(limit.rlim_cur)
    }
}
