import Foundation

/// A child process that scores recordings one after another.
///
/// A crash in a codec or a voice costs the recording that caused it, not the run.
final class ScoringProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var received = Data()

    init(weights: String?) throws {
        // Writing to a process that has died is an error like another, not the end of this one.
        _ = Self.ignoresBrokenPipes
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["rescore-worker"] + (weights.map { ["--weights", $0] } ?? [])
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // The child's ends: while they are open here, nobody would see the child close them.
        try input.fileHandleForReading.close()
        try output.fileHandleForWriting.close()
    }

    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    /// Sends a line and waits for the answer's; `nil` when the process died over it.
    func answer(to line: String) -> String? {
        do { try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) } catch { return nil }
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let answer = String(decoding: received[..<end], as: UTF8.self)
                received = Data(received[(end + 1)...])
                return answer
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return nil }
            received += more
        }
    }

    /// Lets the process end, and says how it did.
    func end() -> String {
        try? input.fileHandleForWriting.close()  // A process that died has closed it already.
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? "signal \(status)" : "status \(status)"
    }
}
