import Foundation
import JSON

/// A manifest of one JSON object a line with `id`, `audio` or `s3key`, and `text`; `speaker`, `timestamp`,
/// `student_email`, `transcribed_text`, `start_ms` and `end_ms` where they are known; or `id` and `error` for what cannot be scored.
package enum JSONLinesManifest {
    /// - Parameters:
    ///   - bytes: A line.
    ///   - number: The line's, from 1; its name when it has none.
    ///   - folder: What paths are relative to.
    package static func item(_ bytes: [UInt8], number: Int, folder: String) -> ArchiveItem {
        let place = "line \(number)"
        do {
            return item(try JSONValue(parsing: bytes), place: place, folder: folder)
        } catch {
            return .problem(id: place, reason: error.description)
        }
    }

    private static func item(_ object: JSONValue, place: String, folder: String) -> ArchiveItem {
        func text(_ name: String) -> String? { object[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        func name(_ name: String) -> String? { text(name) ?? object[name]?.numberText }
        guard let id = name("id") ?? text("audio") ?? text("s3key") else {
            return .problem(id: place, reason: "It has no id.")
        }
        for name in ["id", "speaker", "timestamp"] {
            switch object[name] {
            case nil, .null, .string, .number: continue
            case .bool, .array, .object: return .problem(id: id, reason: "Its \(name) is neither text nor a number.")
            }
        }
        if let error = text("error") { return .problem(id: id, reason: error) }
        var fields = EntryFields(id: id)
        (fields.audio, fields.text, fields.s3Key) = (text("audio"), text("text"), text("s3key"))
        (fields.speaker, fields.timestamp) = (name("speaker"), name("timestamp"))
        (fields.studentEmail, fields.bucket) = (text("student_email"), text("bucket"))
        fields.transcript = text("transcribed_text")
        if object["start_ms"] != nil || object["end_ms"] != nil {
            guard let start = object["start_ms"]?.int, let end = object["end_ms"]?.int, 0 <= start, start < end else {
                return .problem(id: id, reason: "Its start_ms and end_ms are no part of a recording.")
            }
            fields.spanInMilliseconds = start..<end
        }
        return fields.item(in: folder)
    }
}

/// A file of such lines.
struct JSONLinesFile: ArchiveSource {
    let path: String

    func makeReader() throws(ArchiveError) -> any ArchiveReader {
        Reader(
            lines: try LineReader(path: path),
            folder: URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false))
    }

    private struct Reader: ArchiveReader {
        var lines: LineReader
        let folder: String

        mutating func next() throws -> ArchiveItem? {
            while let line = try lines.next() {
                guard !line.isBlank else { continue }
                return JSONLinesManifest.item(line.bytes, number: line.number, folder: folder)
            }
            return nil
        }
    }
}
