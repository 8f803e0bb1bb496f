import Foundation

/// The pages of this program's code and libraries that it has in memory.
enum ProgramPages {
    /// Lets go of what the start has touched: half of what an idle server would show as its memory.
    ///
    /// Code is never written, so the kernel brings back from the files what is used again. Where the list of mappings
    /// cannot be read nothing is let go.
    static func release() {
        guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return }
        for line in maps.split(separator: "\n") {
            // 7f00-7f10 r-xp 00000000 08:01 1234 /usr/lib/libc.so.6
            let fields = line.split(separator: " ", maxSplits: 5)
            guard fields.count == 6, fields[1] == "r-xp", fields[5].drop(while: { $0 == " " }).hasPrefix("/") else {
                continue
            }
            let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard bounds.count == 2, let start = UnsafeMutableRawPointer(bitPattern: bounds[0]) else { continue }
            madvise(start, Int(bounds[1] - bounds[0]), MADV_DONTNEED)
        }
    }
}
