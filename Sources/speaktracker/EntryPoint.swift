import ArgumentParser
import Foundation

/// Runs the command line and turns every end into an exit status: 0 done, 1 failed, 2 bad usage, 69 a needed service is
/// not there.
@main enum EntryPoint {
    static func main() async {
        do {
            var command = try SpeakTracker.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            try StandardOutput.flush()
        } catch {
            exit(report(error))
        }
    }

    private static func report(_ error: any Error) -> Int32 {
        switch SpeakTracker.exitCode(for: error) {
        case .success:
            print(SpeakTracker.fullMessage(for: error))
            return 0
        case .validationFailure:
            StandardError.write(SpeakTracker.fullMessage(for: error))
            return exitStatus(of: error)
        default:
            if !(error is ExitCode) { StandardError.write("speaktracker: \(error)") }
            return exitStatus(of: error)
        }
    }

    /// With what status an error ends a command.
    static func exitStatus(of error: any Error) -> Int32 {
        if let error = error as? any ExitStatusCarrying { return error.exitStatus }
        let code = SpeakTracker.exitCode(for: error)
        return code == .validationFailure ? ExitStatus.badUsage : code.rawValue
    }
}

enum ExitStatus {
    static let failed: Int32 = 1
    static let badUsage: Int32 = 2
    static let serviceMissing: Int32 = 69
}

/// An error that knows with what status the command shall exit.
protocol ExitStatusCarrying: Error {
    var exitStatus: Int32 { get }
}

/// A command that cannot do what it was asked, with a sentence that says why.
struct CommandError: ExitStatusCarrying, CustomStringConvertible {
    let description: String
    var exitStatus: Int32 = ExitStatus.failed
}

enum StandardOutput {
    /// - Throws: ``CommandError`` where what was printed could not be written. Whoever reads it may have had enough, which
    ///   is no failure.
    static func flush() throws {
        guard fflush(nil) != 0, errno != EPIPE else { return }
        throw CommandError(description: "The output cannot be written: \(String(cString: strerror(errno))).")
    }
}

enum StandardError {
    /// What nobody can be told is lost.
    static func write(_ line: String) { show(line + "\n") }

    /// Without an end of the line.
    static func show(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }
}
