import Archives
import Documents
import Foundation
import JSON
import Processes
import Workers

/// A child process that scores recordings one after another.
///
/// A crash in a codec or a voice costs the recording that caused it, not the run.
actor ScoringProcess {
    private let thread = ProcessThread()
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let number: pid_t
    /// `nil` once the process was told that no more comes.
    private var input: FileDescriptor?
    private let output: FileDescriptor
    private var received: [UInt8] = []

    init(weights: String?) throws(SystemError) {
        // Writing to a process that has died is an error like another, not the end of this one.
        _ = Self.ignoresBrokenPipes
        let requests = try FileDescriptor.pipe()
        let answers = try FileDescriptor.pipe()
        number = try ProcessStart(
            "/proc/self/exe", name: "speaktracker", ["rescore-worker"] + (weights.map { ["--weights", $0] } ?? []),
            environment: ProcessInfo.processInfo.environment.map { "\($0)=\($1)" },
            descriptors: [requests.reading.number, answers.writing.number, STDERR_FILENO]
        ).start()
        input = requests.keepingWriting()
        output = answers.keepingReading()
    }

    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    /// Sends a request and waits for the answer; `nil` when the process died over it.
    func answer(to request: ScoringRequest) -> ScoredEntry? {
        do { try input?.write(request.bytes) } catch { return nil }
        guard let line = line() else { return nil }
        guard request.row != nil else { return ScoredEntry(line: line, row: nil) }
        return self.line().map { ScoredEntry(line: line, row: ScoringRequest.row(ofLine: $0)) }
    }

    private func line() -> String? {
        while true {
            if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: received[..<end], as: UTF8.self)
                received.removeFirst(end + 1)
                return line
            }
            // A pipe that cannot be read is of no more use than one that has ended.
            guard let more = try? output.read(), !more.isEmpty else { return nil }
            received += more
        }
    }

    /// Lets the process end, and says how it did.
    func end() -> String {
        input = nil
        return "\(ProcessEnding(waitingFor: number))"
    }
}
