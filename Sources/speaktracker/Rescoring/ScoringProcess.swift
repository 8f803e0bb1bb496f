import Archives
import Documents
import Foundation
import JSON
import Synchronization
import Workers

/// A child process that scores recordings one after another.
///
/// A crash in a codec or a voice costs the recording that caused it, not the run.
actor ScoringProcess {
    private let thread = ProcessThread()
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let process: Process
    private let input: FileHandle
    private let output: FileHandle
    private var received = Data()

    init(weights: String?) throws {
        // Writing to a process that has died is an error like another, not the end of this one.
        _ = Self.ignoresBrokenPipes
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["rescore-worker"] + (weights.map { ["--weights", $0] } ?? [])
        process.standardInput = input
        process.standardOutput = output
        try Self.starting.withLock { _ in
            // A child that is started next must not inherit this one's ends.
            for end in [input.fileHandleForWriting, output.fileHandleForReading] {
                _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
            }
            try process.run()
        }
        // The child's ends: while they are open here, nobody would see the child close them.
        try input.fileHandleForReading.close()
        try output.fileHandleForWriting.close()
        (self.process, self.input, self.output) = (process, input.fileHandleForWriting, output.fileHandleForReading)
    }

    private static let starting = Mutex(())

    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    /// Sends a request and waits for the answer; `nil` when the process died over it.
    func answer(to request: ScoringRequest) -> ScoredEntry? {
        do { try input.write(contentsOf: request.bytes) } catch { return nil }
        guard let line = line() else { return nil }
        guard request.row != nil else { return ScoredEntry(line: line, row: nil) }
        return self.line().map { ScoredEntry(line: line, row: ScoringRequest.row(ofLine: $0)) }
    }

    private func line() -> String? {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: received[..<end], as: UTF8.self)
                received = Data(received[(end + 1)...])
                return line
            }
            let more = output.availableData
            guard !more.isEmpty else { return nil }
            received += more
        }
    }

    /// Lets the process end, and says how it did.
    func end() -> String {
        try? input.close()  // A process that died has closed it already.
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? "signal \(status)" : "status \(status)"
    }
}
