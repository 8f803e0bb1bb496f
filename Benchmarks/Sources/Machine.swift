import Foundation

/// What the numbers were measured on.
enum Machine {
    static var description: String {
        let system = ProcessInfo.processInfo
        return "\(processor), \(system.activeProcessorCount) cores, \(system.operatingSystemVersionString), "
            + "\(fileSystem(of: FileManager.default.temporaryDirectory.path))"
    }

    private static var processor: String {
        lines("/proc/cpuinfo").first { $0.hasPrefix("model name") }?.split(separator: ":").last
            .map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
    }

    /// The file system of the longest mount point above a path.
    private static func fileSystem(of path: String) -> String {
        let mounts = lines("/proc/mounts").map { $0.split(separator: " ").map(String.init) }.filter { $0.count > 2 }
        return mounts.filter { path == $0[1] || path.hasPrefix($0[1] == "/" ? "/" : $0[1] + "/") }
            .max { $0[1].count < $1[1].count }?[2] ?? "unknown file system"
    }

    private static func lines(_ path: String) -> [String] {
        do {
            return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
        } catch {
            // Not Linux: the description says "unknown".
            return []
        }
    }
}
