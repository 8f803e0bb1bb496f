import Foundation

/// A program that was started, with a file to read and two pipes to write to.
///
/// It leads a process group of its own. When this value ends, the whole group is killed and the program is waited for:
/// nothing runs on, and there is no zombie.
struct ChildProcess: ~Copyable {
    enum Ending: Hashable {
        case exited(status: CInt)
        case killed(signal: CInt)
        /// The system was told to forget children (`SIGCHLD` is ignored), so nobody knows.
        case unknown
    }

    private let pid: pid_t
    let output: FileDescriptor
    let errors: FileDescriptor
    private var isReaped = false

    /// Starts a program: no shell, no environment, and no descriptor but the four that it needs.
    ///
    /// - Parameters:
    ///   - program: An absolute path.
    ///   - input: What the program finds as `/dev/fd/3`.
    init(_ program: String, _ arguments: [String], input: borrowing FileDescriptor) throws(SystemError) {
        let output = try FileDescriptor.pipe()
        let errors = try FileDescriptor.pipe()
        pid = try Self.spawn(
            program, arguments, output: output.writing, errors: errors.writing, input: input)
        self.output = output.reading
        self.errors = errors.reading
    }

    deinit { if !isReaped { _ = Self.end(pid) } }

    /// Kills what is left of the group, and says how the program ended.
    ///
    /// Both pipes have ended before: the program has too, and its status stands, or it has closed them and has nothing
    /// more to tell.
    mutating func end() -> Ending {
        isReaped = true
        return Self.end(pid)
    }

    /// The group exists until its leader was waited for, so its number is nobody else's yet.
    private static func end(_ pid: pid_t) -> Ending {
        kill(-pid, SIGKILL)
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { return .unknown }
        }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status: status >> 8 & 0xFF) : .killed(signal: signal)
    }
}
