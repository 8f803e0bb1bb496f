import Foundation

/// What can be measured: `swift run -c release Benchmarks SUBJECT`.
switch CommandLine.arguments.dropFirst().first {
case "queue": try await QueueBenchmark.run(quickly: CommandLine.arguments.contains("--quick"))
default:
    FileHandle.standardError.write(Data("usage: Benchmarks queue [--quick]\n".utf8))
    exit(2)
}
