import Foundation

/// A file of lines that begin with a key, as Kaldi's: found by key, kept on disk.
///
/// Source: kaldi-asr.org/doc/io.html, "Table files".
struct KeyedLines {
    private let file: FileHandle
    private let offsets: [Digest: Int]

    /// Where a key has several lines, the first counts.
    init(path: String) throws(ArchiveError) {
        var lines = try LineReader(path: path)
        var offsets: [Digest: Int] = [:]
        while let line = try lines.next() {
            guard let (key, _) = Self.parts(of: line.repairedText) else { continue }
            let digest = Digest(key)
            if offsets[digest] == nil { offsets[digest] = line.offset }
        }
        guard let file = FileHandle(forReadingAtPath: path) else { throw ArchiveError("\(path) cannot be read.") }
        (self.file, self.offsets) = (file, offsets)
    }

    enum Value: Hashable {
        case text(String)
        case notUTF8
    }

    /// The rest of a key's line; `nil` when there is none.
    func value(of key: String) throws(ArchiveError) -> Value? {
        guard let offset = offsets[Digest(key)] else { return nil }
        var bytes: [UInt8] = []
        do {
            try file.seek(toOffset: UInt64(offset))
            while !bytes.contains(UInt8(ascii: "\n")), bytes.count <= LineReader.longestLineInBytes {
                guard let more = try file.read(upToCount: 4096), !more.isEmpty else { break }
                bytes += more
            }
        } catch { throw ArchiveError("A line cannot be read: \(error.localizedDescription)") }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard let text = String(validating: line, as: UTF8.self) else { return .notUTF8 }
        return Self.parts(of: text).map { .text($0.rest) }
    }

    /// A line's first word and the rest.
    static func parts(of line: String) -> (key: String, rest: String)? {
        let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        guard let key = parts.first else { return nil }
        return (String(key), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespacesAndNewlines) : "")
    }
}
