import JSON

/// Lines of results, as bytes.
package enum ResultLine {
    /// Whether a line, written by ``JSONValue/text``, tells of a failure: `error` is the first of its names.
    package static func isFailure(_ line: String) -> Bool { line.utf8.starts(with: #"{"error":"#.utf8) }
}
