import CLinux
import Foundation

/// The owner of one open descriptor; closed when it goes out of scope, and in every program that is started.
package struct FileDescriptor: ~Copyable {
    package let number: CInt

    /// Takes over what a call has opened.
    ///
    /// - Throws: What the system said, where the call answered -1.
    package init(_ opened: CInt) throws(SystemError) {
        guard opened >= 0 else { throw .last }
        guard opened < Self.firstOfOurs else {
            number = opened
            return
        }
        // A daemon without standard descriptors would be given their numbers, which a child process needs for its own.
        let moved = fcntl(opened, F_DUPFD_CLOEXEC, Self.firstOfOurs)
        let failure = SystemError.last
        close(opened)
        guard moved >= 0 else { throw failure }
        number = moved
    }

    deinit { close(number) }

    private static let firstOfOurs: CInt = 10

    /// Writes all of it.
    ///
    /// Where nobody reads any more this fails if `SIGPIPE` is ignored, and ends this process if not.
    package borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(number, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .last }
            rest = rest.dropFirst(written)
        }
    }

    /// Waits for bytes, and reads what is there.
    ///
    /// - Returns: At most 64 KiB; none at the end.
    package borrowing func read() throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            var found = -1
            repeat {
                found = Foundation.read(number, buffer.baseAddress, buffer.count)
            } while found < 0 && errno == EINTR
            if found < 0 { failure = .last }
            count = max(0, found)
        }
        if let failure { throw failure }
        return bytes
    }
}

extension FileDescriptor {
    package struct Pipe: ~Copyable {
        package let reading: FileDescriptor
        package let writing: FileDescriptor

        /// The end that we keep, once a process has the other.
        package consuming func keepingReading() -> FileDescriptor { reading }
        package consuming func keepingWriting() -> FileDescriptor { writing }
    }

    package static func pipe() throws(SystemError) -> Pipe {
        var ends: [CInt] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .last }
        return try own(ends)
    }

    private static func own(_ ends: [CInt]) throws(SystemError) -> Pipe {
        let reading: FileDescriptor
        do { reading = try FileDescriptor(ends[0]) } catch {
            close(ends[1])
            throw error
        }
        return Pipe(reading: reading, writing: try FileDescriptor(ends[1]))
    }

    /// A pipe that carries whole messages, and that tells the end that writes too when the other has been closed.
    package static func messages() throws(SystemError) -> Pipe {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .last }
        return try own(ends)
    }

    /// A file in memory that never has a name.
    ///
    /// Nobody else can open it, no full disk is in its way, and nothing is left of it, whatever is killed. Whoever it is
    /// given to reads it from its beginning.
    ///
    /// - Parameter name: What the system's lists of open files show.
    package static func unnamedFile(_ name: String, holding bytes: [UInt8]) throws(SystemError) -> FileDescriptor {
        let file = try FileDescriptor(memfd_create(name, MFD_CLOEXEC))
        try file.write(bytes)
        guard lseek(file.number, 0, SEEK_SET) == 0 else { throw .last }
        return file
    }
}
