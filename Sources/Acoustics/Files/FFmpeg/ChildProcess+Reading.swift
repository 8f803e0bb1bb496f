import Foundation
import Processes

extension ChildProcess {
    /// A limit that the program has reached; what it wrote is of no use.
    enum LimitReached: Error {
        case time
        case output
    }

    /// The bytes of the program's complaints that are kept; it may write more.
    private static let keptErrorBytes = 4_096

    /// Reads both pipes until they end.
    ///
    /// Blocks, at most until the deadline.
    ///
    /// - Parameter mostBytes: How much the program may write to its output.
    func read(
        mostBytes: Int, until deadline: ContinuousClock.Instant
    ) throws(LimitReached) -> (output: [UInt8], errors: [UInt8]) {
        var (output, errors): ([UInt8], [UInt8]) = ([], [])
        var pipes = [Self.polled(self.output), Self.polled(self.errors)]
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { piece.deallocate() }
        while pipes.contains(where: { $0.fd >= 0 }) {
            try Self.wait(for: &pipes, until: deadline)
            for index in pipes.indices where pipes[index].revents != 0 {
                let count = Foundation.read(pipes[index].fd, piece.baseAddress, piece.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { pipes[index].fd = -1; continue }
                let bytes = piece[..<count]
                if index == 0 {
                    output.append(contentsOf: bytes)
                    guard output.count <= mostBytes else { throw .output }
                } else {
                    errors.append(contentsOf: bytes.prefix(Self.keptErrorBytes - errors.count))
                }
            }
        }
        return (output, errors)
    }

    private static func polled(_ pipe: borrowing FileDescriptor) -> pollfd {
        pollfd(fd: pipe.number, events: Int16(POLLIN), revents: 0)
    }

    /// Returns when one of the pipes has something to read, or has ended; or early, when a signal came.
    private static func wait(
        for pipes: inout [pollfd], until deadline: ContinuousClock.Instant
    ) throws(LimitReached) {
        let rest = deadline - .now
        guard rest > .zero else { throw .time }
        // Rounded up, so that the last millisecond is not spent asking again and again.
        let milliseconds = min(rest / .milliseconds(1) + 1, Double(CInt.max))
        for index in pipes.indices { pipes[index].revents = 0 }
        if poll(&pipes, nfds_t(pipes.count), CInt(milliseconds)) < 0 {
            // Interrupted: nothing is known of the pipes.
            for index in pipes.indices { pipes[index].revents = 0 }
        }
    }
}
