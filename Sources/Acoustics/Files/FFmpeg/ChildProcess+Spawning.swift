import CLinux
import Foundation

extension ChildProcess {
    /// What the program gets of an environment: nothing that we were given to keep, and nothing that changes its words.
    private static let environment = ["LC_ALL=C", "AV_LOG_FORCE_NOCOLOR=1"]

    static func spawn(
        _ program: String, _ arguments: [String], output: borrowing FileDescriptor, errors: borrowing FileDescriptor,
        input: borrowing FileDescriptor
    ) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.number, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.number, 2)
        posix_spawn_file_actions_adddup2(&actions, input.number, 3)
        // Other threads may have opened something without CLOEXEC.
        posix_spawn_file_actions_addclosefrom_np(&actions, 4)
        return try withAttributes { attributes throws(SystemError) in
            let arguments = CStrings([program] + arguments)
            let environment = CStrings(environment)
            var pid: pid_t = 0
            let code = posix_spawn(&pid, program, &actions, &attributes, arguments.list, environment.list)
            guard code == 0 else { throw SystemError(code: code) }
            return pid
        }
    }

    /// A group of its own, and every signal as a new program expects it: a broken pipe ends it, though we ignore that.
    private static func withAttributes(
        _ body: (inout posix_spawnattr_t) throws(SystemError) -> pid_t
    ) throws(SystemError) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (every, none) = (sigset_t(), sigset_t())
        sigfillset(&every)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &every)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))
        return try body(&attributes)
    }
}

/// The owner of a list of strings as C has it, ended by a null pointer.
private struct CStrings: ~Copyable {
    let list: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String]) { list = strings.map { strdup($0) } + [nil] }

    deinit { for string in list { free(string) } }
}
