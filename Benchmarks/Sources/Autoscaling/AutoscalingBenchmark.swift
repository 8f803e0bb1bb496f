/// What rules of scaling do to a school's week as its traffic grows a thousandfold.
///
/// Nothing is measured here: it is arithmetic over the figures that other benchmarks have measured.
enum AutoscalingBenchmark {
    /// Sentences and recordings of a school's day, as many of one as of the other.
    private static let jobsPerDay = 10_000.0
    /// A sentence of 3 s in MP3 (15 ms) and a recording of 4 s (25 ms), each with 20 ms for five calls of AWS's services.
    private static let processorSecondsPerJob = (0.015 + 0.025) / 2 + 0.020
    private static let processorsPerTask = 1.0
    private static let targetAge = 60.0
    /// Fargate, Linux on x86, us-east-1: 1 vCPU at $0.04048 and 2 GB at $0.004445 an hour.
    private static let dollarsPerTaskHour = 0.04048 + 2 * 0.004445

    static func run() {
        let jobsPerTask = processorsPerTask / processorSecondsPerJob
        print("One task does \(grouped(jobsPerTask, 1)) jobs a second. Target age of the oldest message: 60 s.\n")
        var table = MarkdownTable(
            "traffic, rule", "99 % wait up to, s", "longest wait, s", "later than 60 s", "most tasks",
            "task hours a day",
            "$ a million jobs")
        for factor in [1.0, 10, 100, 1000] {
            for rule in ScalingRule.allCases {
                let simulation = PoolSimulation(
                    school: School(jobsPerDay: jobsPerDay * factor), rule: rule, jobsPerTask: jobsPerTask,
                    targetAge: targetAge)
                let result = simulation.run(seed: 1)
                let dollars = result.taskHoursPerDay * dollarsPerTaskHour / (jobsPerDay * factor) * 1e6
                table.append(
                    "×\(grouped(factor)), \(rule.label)", "\(result.share99InSeconds)",
                    "\(result.longestWaitInSeconds)",
                    "\(grouped(100 * result.late, 2)) %", "\(result.peakTasks)", grouped(result.taskHoursPerDay, 0),
                    grouped(dollars, 2))
            }
        }
        print(table.text)
    }
}
