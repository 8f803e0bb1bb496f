import JSON

/// A dictionary of strings in a column, as a JSON object.
enum StringMap {
    static func text(_ values: [String: String]) -> String {
        values.isEmpty ? "{}" : JSONValue.object(values.mapValues(JSONValue.string)).text
    }

    /// - Throws: ``SQLiteFailure`` for a text that ``text(_:)`` did not make: the file is damaged.
    static func values(_ text: String?) throws(SQLiteFailure) -> [String: String] {
        guard let text, text != "{}" else { return [:] }
        do {
            return try JSONValue(parsing: text).object?.compactMapValues(\.string) ?? [:]
        } catch {
            throw SQLiteFailure(code: 11, message: "a column of names and values is damaged: \(error)")
        }
    }
}
