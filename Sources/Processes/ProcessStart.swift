import CLinux
import Foundation

/// A program to start: no shell, and no descriptor but those it is given.
///
/// It leads a process group of its own, so that what a terminal sends reaches it only if we pass it on, and it finds every
/// signal as a new program expects it, whatever we ignore.
///
/// Foundation's `Process` is not used: where more than a thousand files are open it has read past the end of the list of
/// them, and died (Swift 6.3; AddressSanitizer shows it).
package struct ProcessStart {
    /// An absolute path.
    package var program: String
    /// What it finds as its own name, and what lists of processes show.
    package var name: String
    package var arguments: [String]
    /// `NAME=value` each.
    package var environment: [String]
    /// Our descriptors that the program finds as its 0, 1, 2 and so on; nothing to read and nowhere to write where `nil`.
    package var descriptors: [CInt?]

    package init(
        _ program: String, name: String? = nil, _ arguments: [String], environment: [String], descriptors: [CInt?]
    ) {
        self.program = program
        self.name = name ?? program
        self.arguments = arguments
        self.environment = environment
        self.descriptors = descriptors
    }

    /// - Returns: The process's number, to be waited for with ``ProcessEnding/init(waitingFor:)``.
    package func start() throws(SystemError) -> CInt {
        try withActions { actions throws(SystemError) in
            try Self.withAttributes { attributes throws(SystemError) in
                let arguments = CStrings([name] + arguments)
                let environment = CStrings(environment)
                var pid: CInt = 0
                let code = posix_spawn(&pid, program, &actions, &attributes, arguments.list, environment.list)
                guard code == 0 else { throw SystemError(code: code) }
                return pid
            }
        }
    }

    private func withActions(
        _ body: (inout posix_spawn_file_actions_t) throws(SystemError) -> CInt
    ) throws(SystemError) -> CInt {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, ours) in descriptors.enumerated() {
            if let ours {
                posix_spawn_file_actions_adddup2(&actions, ours, CInt(number))
            } else {
                posix_spawn_file_actions_addopen(&actions, CInt(number), "/dev/null", O_RDWR, 0)
            }
        }
        // Other threads may have opened something without CLOEXEC.
        posix_spawn_file_actions_addclosefrom_np(&actions, CInt(descriptors.count))
        return try body(&actions)
    }

    private static func withAttributes(
        _ body: (inout posix_spawnattr_t) throws(SystemError) -> CInt
    ) throws(SystemError) -> CInt {
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
