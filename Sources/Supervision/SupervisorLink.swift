import Foundation
import JSON
import Processes

/// A worker process's side of the socket between it and its supervisor.
package struct SupervisorLink: Sendable {
    /// Which descriptor the supervisor leaves open for it.
    static let descriptor: CInt = 3
    /// How long a report may wait for a supervisor that does not read, before it is dropped.
    private static let patience = timeval(tv_sec: 1, tv_usec: 0)

    /// - Returns: `nil` where no supervisor started this process.
    package init?() {
        var status = stat()
        guard fstat(Self.descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
        _ = fcntl(Self.descriptor, F_SETFD, FD_CLOEXEC)
        var patience = Self.patience
        setsockopt(Self.descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    /// A supervisor that is gone, or does not listen, must not keep a job from its end.
    ///
    /// - Returns: Whether the report is on its way.
    @discardableResult
    package func send(_ report: WorkerReport) -> Bool {
        let bytes = report.json.utf8
        while true {
            if Foundation.send(Self.descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) >= 0 { return true }
            guard errno == EINTR else { return false }
        }
    }

    /// Returns when the supervisor has gone, however it did.
    ///
    /// - Parameter seconds: How long this process may go on. Then the kernel ends it, whatever holds its threads: a codec
    ///   that hangs leaves none for stopping.
    package func supervisorEnded(endingAfter seconds: Int) async {
        await withCheckedContinuation { (gone: CheckedContinuation<Void, Never>) in
            Thread {
                var byte: UInt8 = 0
                while recv(Self.descriptor, &byte, 1, 0) < 0 && errno == EINTR {}
                alarm(UInt32(seconds))
                gone.resume()
            }.start()
        }
    }
}
