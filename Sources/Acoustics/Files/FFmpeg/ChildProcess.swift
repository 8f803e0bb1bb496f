import Foundation
import Processes

/// A program that was started, with a file to read and two pipes to write to.
///
/// It leads a process group of its own. When this value ends, the whole group is killed and the program is waited for:
/// nothing runs on, and there is no zombie.
struct ChildProcess: ~Copyable {
    private let pid: pid_t
    let output: FileDescriptor
    let errors: FileDescriptor
    private var isReaped = false

    /// What the program gets of an environment: nothing that we were given to keep, and nothing that changes its words.
    private static let environment = ["LC_ALL=C", "AV_LOG_FORCE_NOCOLOR=1"]

    /// Starts a program: no shell, no environment of ours, and no descriptor but the four that it needs.
    ///
    /// - Parameters:
    ///   - program: An absolute path.
    ///   - input: What the program finds as `/dev/fd/3`.
    init(_ program: String, _ arguments: [String], input: borrowing FileDescriptor) throws(SystemError) {
        let output = try FileDescriptor.pipe()
        let errors = try FileDescriptor.pipe()
        let descriptors = [nil, output.writing.number, errors.writing.number, input.number]
        pid = try ProcessStart(program, arguments, environment: Self.environment, descriptors: descriptors).start()
        self.output = output.keepingReading()
        self.errors = errors.keepingReading()
    }

    deinit { if !isReaped { _ = Self.end(pid) } }

    /// Kills what is left of the group, and says how the program ended.
    ///
    /// Both pipes have ended before: the program has too, and its status stands, or it has closed them and has nothing
    /// more to tell.
    mutating func end() -> ProcessEnding {
        isReaped = true
        return Self.end(pid)
    }

    /// The group exists until its leader was waited for, so its number is nobody else's yet.
    private static func end(_ pid: pid_t) -> ProcessEnding {
        kill(-pid, SIGKILL)
        return ProcessEnding(waitingFor: pid)
    }
}
