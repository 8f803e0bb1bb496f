/// How fast the queue is, beside beanstalkd and redis, and whether a deep queue is slower than an empty one.
enum QueueBenchmark {
    static func run(quickly: Bool) async throws {
        print("Machine: \(Machine.description). Median (minimum–maximum) of the runs.\n")
        try await ThroughputTable(runs: quickly ? 1 : 3, seconds: quickly ? 0.5 : 1).print()
        try await DepthTable(runs: quickly ? 1 : 9, scale: quickly ? 0.01 : 1).print()
    }

    /// The second table alone.
    static func runDepth(quickly: Bool) async throws {
        print("Machine: \(Machine.description). Median (minimum–maximum) of the runs.\n")
        try await DepthTable(runs: quickly ? 1 : 9, scale: quickly ? 0.01 : 1).print()
    }
}
