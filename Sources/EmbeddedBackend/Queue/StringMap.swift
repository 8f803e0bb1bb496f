import JSON

/// A dictionary of strings in a column, as a JSON object.
enum StringMap {
    static func text(_ values: [String: String]) -> String {
        values.isEmpty ? "{}" : JSONValue.object(values.mapValues(JSONValue.string)).text
    }

    static func values(_ text: String?) -> [String: String] {
        guard let text, text != "{}", let members = try? JSONValue(parsing: text).object else { return [:] }
        return members.compactMapValues(\.string)
    }
}
