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
        /// Why a line could not be written; nothing is behind it then.
        var failure: ArchiveError?
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
            if keeps {
                let (found, end) = try Self.read(path, descriptor)
                finished = found
                try Self.cut(descriptor, to: end, path)
            } else {
                try Self.cut(descriptor, to: 0, path)
            }
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        state = Mutex(State(descriptor: descriptor, finished: finished))
    }

    deinit { state.withLock { _ = close($0.descriptor) } }

    /// Adds one line; one call writes it, so that a reader never sees a part of it from another.
    ///
    /// - Throws: ``ArchiveError`` where it cannot be written whole; the file is as before then, and takes no other line.
    package func append(_ line: String) throws(ArchiveError) {
        let failure: ArchiveError? = state.withLock { state in
            if let failure = state.failure { return failure }
            let size = lseek(state.descriptor, 0, SEEK_END)
            state.failure = Self.write(Array((line + "\n").utf8), to: state.descriptor, path)
            // Where not even this succeeds, the part is the file's last, and going on takes it away.
            if state.failure != nil, size >= 0 { _ = ftruncate(state.descriptor, size) }
            return state.failure
        }
        if let failure { throw failure }
    }

    /// Takes lines away, so that their recordings are scored again: all at once, or none.
    package func remove(where isStale: (_ id: String, _ isFailure: Bool) -> Bool) throws(ArchiveError) {
        // A link stays one: the file that it leads to is replaced.
        let target = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        let copy = target + ".kept"
        let descriptor = try Self.opened(copy)
        do throws(ArchiveError) {
            let finished = try Self.copy(path, to: descriptor, copy, without: isStale)
            guard fsync(descriptor) == 0, rename(copy, target) == 0 else { throw Self.unwritable(path) }
            state.withLock { state in
                close(state.descriptor)
                state = State(descriptor: descriptor, finished: finished)
            }
        } catch {
            unlink(copy)
            close(descriptor)
            throw error
        }
    }
}

extension ResultsFile {
    private static func copy(
        _ path: String, to descriptor: Int32, _ copy: String, without isStale: (String, Bool) -> Bool
    ) throws(ArchiveError) -> FinishedResults {
        try cut(descriptor, to: 0, copy)
        var lines = try LineReader(path: path)
        var finished = FinishedResults()
        while let line = try lines.next() {
            guard let object = try? JSONValue(parsing: line.bytes), let id = object["id"]?.string,  // Read before.
                !isStale(id, object["error"] != nil)
            else { continue }
            if let failure = write(line.bytes + [UInt8(ascii: "\n")], to: descriptor, copy) { throw failure }
            try finished.add(line.bytes, number: line.number, path: path)
        }
        return finished
    }

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

    /// What a file holds, which stays as it is.
    ///
    /// - Throws: ``ArchiveError`` for a file that holds something else; one that is not there holds nothing.
    package static func finished(in path: String) throws(ArchiveError) -> FinishedResults {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return FinishedResults() }
            throw ArchiveError("\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        return try read(path, descriptor).0
    }

    /// - Returns: What is there, and where the last whole line ends, in bytes.
    private static func read(_ path: String, _ descriptor: Int32) throws(ArchiveError) -> (FinishedResults, end: Int) {
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
        return (finished, end)
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
