import JSON

/// Results as comma-separated values (RFC 4180): a line of names, then a line a recording.
package enum ResultsTable {
    private static let columns = [
        "id", "audio", "text", "speaker", "timestamp", "overall_score", "accuracy_score", "fluency_score",
        "prosody_score", "completeness_score", "grade", "missed_words", "extra_words", "audio_duration_ms",
        "speaking_duration_ms", "pace_ratio", "net_speaking_density", "scorer", "error",
    ]

    package static var header: String { line(columns) }

    /// Lists are joined by `; `.
    package static func line(_ result: ArchiveResult) -> String {
        line(columns.map { name in plain(result.json[name] ?? .null) })
    }

    static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\r\n" }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let text): text
        case .array(let values): values.map(plain).joined(separator: "; ")
        case .bool(let value): String(value)
        case .null, .object: ""
        }
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
