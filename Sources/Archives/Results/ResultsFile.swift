import Foundation
import JSON
import Synchronization

/// The file that a rescoring writes: one result a line, each written whole before the next.
///
/// One process writes at a time; a process that is killed leaves whole lines and at most a part of a last one.
package final class ResultsFile: Sendable {
    private struct State {
        var descriptor: Int32
        var finished: FinishedResults
    }

    package let path: String
    private let state: Mutex<State>

    package var finished: FinishedResults { state.withLock(\.finished) }

    /// - Parameter keeps: Whether to go on with what is there; a last line that was cut off is taken away.
    /// - Throws: ``ArchiveError`` for a file that cannot be written, is another's now, or holds something else.
    package init(path: String, keeps: Bool) throws(ArchiveError) {
        let descriptor = try Self.opened(path)
        var finished = FinishedResults()
        do {
            if keeps { finished = try Self.read(path, descriptor) } else { try Self.cut(descriptor, to: 0, path) }
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        state = Mutex(State(descriptor: descriptor, finished: finished))
    }

    deinit { state.withLock { _ = close($0.descriptor) } }

    /// Adds one line; one call writes it, so that a reader never sees a part of it from another.
    package func append(_ line: String) throws(ArchiveError) {
        let failure = state.withLock { Self.write(Array((line + "\n").utf8), to: $0.descriptor, path) }
        if let failure { throw failure }
    }

    /// Takes lines away, so that their recordings are scored again: all at once, or none.
    package func remove(where isStale: (_ id: String, _ isFailure: Bool) -> Bool) throws(ArchiveError) {
        let copy = path + ".kept"
        var lines = try LineReader(path: path)
        let descriptor = try Self.opened(copy)
        try Self.cut(descriptor, to: 0, copy)
        var finished = FinishedResults()
        while let line = try lines.next() {
            guard let object = try? JSONValue(parsing: line.bytes), let id = object["id"]?.string,  // Read before.
                !isStale(id, object["error"] != nil)
            else { continue }
            if let failure = Self.write(line.bytes + [UInt8(ascii: "\n")], to: descriptor, copy) { throw failure }
            try finished.add(line.bytes, number: line.number, path: path)
        }
        guard fsync(descriptor) == 0, rename(copy, path) == 0 else { throw Self.unwritable(path) }
        state.withLock { state in
            close(state.descriptor)
            state = State(descriptor: descriptor, finished: finished)
        }
    }
}

extension ResultsFile {
    /// - Returns: A descriptor at the file's end, which no other process has.
    private static func opened(_ path: String) throws(ArchiveError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw unwritable(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ArchiveError("Another process is writing \(path).")
        }
        return descriptor
    }

    private static func read(_ path: String, _ descriptor: Int32) throws(ArchiveError) -> FinishedResults {
        var finished = FinishedResults()
        var lines = try LineReader(path: path)
        let size = lseek(descriptor, 0, SEEK_END)
        var end = 0
        while let line = try lines.next() {
            // The last line was cut off, unless a line break follows it.
            guard lines.position < size || endsWithLineBreak(descriptor, size: size) else { break }
            try finished.add(line.bytes, number: line.number, path: path)
            end = lines.position
        }
        try cut(descriptor, to: end, path)
        return finished
    }

    private static func endsWithLineBreak(_ descriptor: Int32, size: off_t) -> Bool {
        var last: UInt8 = 0
        return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last == UInt8(ascii: "\n")
    }

    private static func cut(_ descriptor: Int32, to size: Int, _ path: String) throws(ArchiveError) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw unwritable(path) }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) -> ArchiveError? {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return unwritable(path) }
            written += count
        }
        return nil
    }

    private static func unwritable(_ path: String) -> ArchiveError {
        ArchiveError("\(path) cannot be written: \(String(cString: strerror(errno))).")
    }
}
