import ArgumentParser
import SpeakModel

/// What a worker takes, and when it stops.
struct WorkOptions: ParsableArguments {
    @Option(help: .init("A queue to take jobs from; all of them if left out.", valueName: "name"))
    var queue: [String] = []

    @Flag(help: "Stop once the queues are empty: no message waiting, delayed or in flight.")
    var untilEmpty = false

    @Option(
        help: .init("How long SIGTERM and Ctrl-C may take.", valueName: "seconds"))
    var stopSeconds = 30

    func validate() throws {
        let known = JobQueue.allCases.map(\.name)
        for name in queue where !known.contains(name) {
            throw ValidationError("There is no job queue named \(name); there are \(known.joined(separator: ", ")).")
        }
        guard 1...3600 ~= stopSeconds else {
            throw ValidationError("--stop-seconds is \(stopSeconds); it must be from 1 to 3600.")
        }
    }

    var queues: [JobQueue] { JobQueue.allCases.filter { queue.isEmpty || queue.contains($0.name) } }

    /// As they are said on a command line.
    var arguments: [String] {
        queue.flatMap { ["--queue", $0] } + (untilEmpty ? ["--until-empty"] : [])
            + ["--stop-seconds", "\(stopSeconds)"]
    }
}
