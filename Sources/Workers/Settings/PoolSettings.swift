/// How many processes a pool has, and when one of them has done enough.
package struct PoolSettings: Hashable, Sendable {
    package static let sizes = 1...256

    /// `nil` for what the machine is good for.
    package var processes: Int?
    /// After so many jobs a process makes room for a fresh one; `nil` for never.
    package var mostJobs: Int?
    /// A process that holds more memory than this after a job makes room for a fresh one; `nil` for never.
    package var mostResidentBytes: Int?

    package init(processes: Int? = nil, mostJobs: Int? = nil, mostResidentBytes: Int? = nil) {
        self.processes = processes
        self.mostJobs = mostJobs
        self.mostResidentBytes = mostResidentBytes
    }

    /// Reads the members of a settings document that are about processes.
    init(_ object: inout SettingsObject) throws(SettingsError) {
        processes = try object.integer("processes", in: Self.sizes)
        guard var recycle = try object.object("recycle") else { return }
        mostJobs = try recycle.integer("jobs", in: 1...1_000_000_000)
        mostResidentBytes = try recycle.integer("memory_mib", in: 64...1_048_576).map { $0 << 20 }
        try recycle.end(known: ["jobs", "memory_mib"])
    }
}
