package import JSON
package import Pronunciation
import Reports

/// One line of a file of results.
package struct ArchiveResult: Sendable {
    package let id: String
    package let json: JSONValue
    /// `nil` for a recording that was not scored by its sound; ``error`` says why.
    package let assessment: Assessment?

    package var error: String? {
        json["error"]?.string ?? (assessment == nil ? "It is judged by its transcript, not by its sound." : nil)
    }
    package var audio: String? { json["audio"]?.string }
    package var text: String? { json["text"]?.string }
    package var speaker: String? { json["speaker"]?.string }
    package var timestamp: String? { json["timestamp"]?.string }
    package var durationInMilliseconds: Int { json["audio_duration_ms"]?.int ?? 0 }

    /// - Throws: ``ArchiveError`` for what is neither scores nor a reason.
    package init(_ bytes: [UInt8], place: String) throws(ArchiveError) {
        do { json = try JSONValue(parsing: bytes) } catch { throw ArchiveError("\(place): \(error)") }
        guard let id = json["id"]?.string else { throw ArchiveError("\(place): The result has no id.") }
        self.id = id
        assessment = Assessment(result: json)
        guard Self.isResult(json) else {
            throw ArchiveError("\(place): The result has neither scores nor an error.")
        }
    }

    /// Whether a line tells of a failure, of what a scorer found, or of what a transcript has.
    static func isResult(_ json: JSONValue) -> Bool {
        if json["error"]?.string != nil { return true }
        guard json["overall_score"]?.double != nil else { return false }
        return Assessment(result: json) != nil || json["scorer"] == nil && json["transcribed_text"]?.string != nil
    }

    /// Reads a file of results, line by line.
    ///
    /// - Throws: ``ArchiveError``, or what `body` throws.
    package static func forEach(in path: String, _ body: (ArchiveResult) throws -> Void) throws {
        var lines = try LineReader(path: path)
        while let line = try lines.next() {
            guard !line.isBlank else { continue }
            try body(try ArchiveResult(line.bytes, place: "\(path), line \(line.number)"))
        }
    }
}
