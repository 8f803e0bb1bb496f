package import Foundation

/// The memory of a process that is in RAM.
package enum ResidentMemory {
    /// - Returns: Bytes; `nil` where there is no such process.
    package static func bytes(of process: pid_t) -> Int? {
        // size resident shared text lib data dt, in pages: proc_pid_statm(5).
        guard let text = try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
