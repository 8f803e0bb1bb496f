package import Foundation

/// How a process ended.
package enum ProcessEnding: Hashable, Sendable {
    case exited(status: CInt)
    case killed(signal: CInt)
    /// The system was told to forget children (`SIGCHLD` is ignored), so nobody knows.
    case unknown

    /// Waits until a child of ours has ended, and lets the system forget it.
    package init(waitingFor pid: pid_t) {
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else {
                self = .unknown
                return
            }
        }
        let signal = status & 0x7F
        self = signal == 0 ? .exited(status: status >> 8 & 0xFF) : .killed(signal: signal)
    }
}

extension ProcessEnding: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exited(let status): "status \(status)"
        case .killed(let signal): "signal \(signal)"
        case .unknown: "unknown"
        }
    }
}
