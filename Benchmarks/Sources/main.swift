import Foundation

/// What can be measured: `swift run -c release Benchmarks SUBJECT`.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "queue": try await QueueBenchmark.run(quickly: arguments.contains("--quick"))
case "queue-depth": try await QueueBenchmark.runDepth(quickly: arguments.contains("--quick"))
case "autoscaling": AutoscalingBenchmark.run()
case "objects": try await ObjectsBenchmark.run(quickly: arguments.contains("--quick"))
case "documents": try await DocumentsBenchmark.run(quickly: arguments.contains("--quick"))
case "wire": try await WireBenchmark.run(quickly: arguments.contains("--quick"))
case "archive": try await ArchiveBenchmark.run(quickly: arguments.contains("--quick"))
case "archive-memory": try await ArchiveBenchmark.runMemory(quickly: arguments.contains("--quick"))
case "synthesis": try await SynthesisBenchmark.run(quickly: arguments.contains("--quick"))
case "bare-jobs" where arguments.count == 3: print(try await BareJobs.run(arguments[1], audio: arguments[2]))
case "synthesis-child" where arguments.count == 4:
    try await SynthesisBenchmark.runChild(arguments[1], count: Int(arguments[2]) ?? 0, in: arguments[3])
default:
    let subjects = "queue|queue-depth|wire|documents|objects|synthesis|archive|archive-memory|autoscaling"
    FileHandle.standardError.write(Data("usage: Benchmarks \(subjects) [--quick]\n".utf8))
    exit(2)
}
