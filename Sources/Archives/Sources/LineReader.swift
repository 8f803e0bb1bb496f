import Foundation

/// The lines of a file, one after another, in constant memory.
struct LineReader {
    struct Line {
        /// Without its end, and without a carriage return before it.
        let bytes: [UInt8]
        /// Where it begins in the file, in bytes.
        let offset: Int
        /// From 1.
        let number: Int

        /// The line, or `nil` when it is not UTF-8.
        var text: String? { String(validating: bytes, as: UTF8.self) }
        /// With the replacement character for what is not UTF-8.
        var repairedText: String { String(decoding: bytes, as: UTF8.self) }
        var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
    }

    let path: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    /// Where in the buffer the next line begins.
    private var start = 0
    /// Where in the file the next line begins, in bytes.
    private(set) var position = 0
    private var number = 0
    private var isAtEnd = false

    /// A line of a manifest holds a sentence and a name; what is longer is no manifest.
    static let longestLineInBytes = 1 << 20

    init(path: String) throws(ArchiveError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ArchiveError("There is no \(path).")
        }
        guard !isFolder.boolValue, let file = FileHandle(forReadingAtPath: path) else {
            throw ArchiveError("\(path) cannot be read.")
        }
        (self.path, self.file) = (path, file)
    }

    /// - Throws: ``ArchiveError`` for a file that cannot be read on, or is no text.
    mutating func next() throws(ArchiveError) -> Line? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) { return line(to: end, next: end + 1) }
            if isAtEnd { return start < buffer.count ? line(to: buffer.count, next: buffer.count) : nil }
            guard buffer.count - start <= Self.longestLineInBytes else {
                throw ArchiveError("\(path), line \(number + 1) is longer than a manifest's lines can be.")
            }
            try fill()
        }
    }

    /// Goes on behind a line that was read before.
    mutating func rewind(to line: Line) throws(ArchiveError) {
        let wanted = line.offset + line.bytes.count
        do { try file.seek(toOffset: UInt64(wanted)) } catch { throw unreadable(error) }
        (buffer, start, position, isAtEnd, number) = ([], 0, wanted, false, line.number - 1)
        _ = try next()
    }

    private mutating func line(to end: Int, next: Int) -> Line {
        var bytes = buffer[start..<end]
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        number += 1
        let line = Line(bytes: Array(bytes), offset: position, number: number)
        position += next - start
        start = next
        return line
    }

    private mutating func fill() throws(ArchiveError) {
        buffer.removeFirst(start)
        start = 0
        let more: Data
        do { more = try file.read(upToCount: 1 << 16) ?? Data() } catch { throw unreadable(error) }
        if more.isEmpty { isAtEnd = true } else { buffer.append(contentsOf: more) }
    }

    private func unreadable(_ error: any Error) -> ArchiveError {
        ArchiveError("\(path) cannot be read: \(error.localizedDescription)")
    }
}
