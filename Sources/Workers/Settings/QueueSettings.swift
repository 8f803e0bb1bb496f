import Queueing

/// How one process takes jobs from a queue.
package struct QueueSettings: Hashable, Sendable {
    /// How many jobs are worked on at a time: more than a processor needs, for jobs wait for stores as long as they
    /// compute, and much longer where those are not on this machine.
    package var concurrency: Int
    /// How many more are held ready.
    package var prefetch: Int
    /// How long a request for jobs waits for one to come, in whole seconds.
    package var wait: Duration

    package init(concurrency: Int = 4, prefetch: Int = 8, wait: Duration = QueueLimits.wait.upperBound) {
        self.concurrency = concurrency
        self.prefetch = prefetch
        self.wait = wait
    }

    /// The most that a queue's operator may ask of one process.
    package static let concurrencies = 1...1000

    init(_ object: inout SettingsObject) throws(SettingsError) {
        self.init()
        concurrency = try object.integer("concurrency", in: Self.concurrencies) ?? concurrency
        prefetch = try object.integer("prefetch", in: 0...1000) ?? prefetch
        wait = try object.integer("wait_seconds", in: 1...20).map { .seconds($0) } ?? wait
    }
}
