/// How a log line is written.
package enum LogFormat: String, CaseIterable, Sendable {
    /// For people: time, level, message, then `name=value` pairs.
    case text
    /// For programs: one JSON object a line.
    case json
}
