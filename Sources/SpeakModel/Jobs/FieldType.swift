import JSON

/// What a field may hold.
///
/// Each case knows its JSON Schema and checks a value by the same rule.
package enum FieldType: Hashable, Sendable {
    /// Text of any length; who speaks it says what is too long.
    case text
    /// Text of 1 to `maximumLength` Unicode scalars, on one line.
    case name(maximumLength: Int)
    case email
    /// ISO-8601 date and time with a zone, as ``Timestamp/init(iso8601:)`` reads it.
    case timestamp
    /// `YYYY-MM-DD`
    case date
    case choice([String])
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case boolean
}

extension FieldType {
    /// The type as JSON Schema 2020-12.
    var schema: JSONValue {
        switch self {
        case .text: ["type": "string"]
        case .name(let maximumLength):
            [
                "type": "string", "minLength": 1, "maxLength": .number(maximumLength),
                "pattern": #"^[^\u0000-\u001f\u007f]+$"#,
            ]
        case .email: ["type": "string", "maxLength": 320, "pattern": #"^[^@\s]+@[^@\s]+$"#]
        case .timestamp: ["type": "string", "format": "date-time", "pattern": .string("^\(Self.day)[Tt]\(Self.time)$")]
        case .date: ["type": "string", "format": "date", "pattern": .string("^\(Self.day)$")]
        case .choice(let values): ["enum": .array(values.map { .string($0) })]
        case .integer(let range):
            ["type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .number(let range):
            ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .boolean: ["type": "boolean"]
        }
    }

    /// Patterns know no month's length: a thirtieth of February passes the schema's pattern, not its `format`.
    private static let day = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    private static let time = #"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:?[0-9]{2})"#

    /// What a value must be, to end the sentence «x must be …».
    var requirement: String {
        switch self {
        case .text: "text"
        case .name(let maximumLength): "text of 1 to \(maximumLength) characters on one line"
        case .email: "an e-mail address"
        case .timestamp: "an ISO-8601 date and time with a zone, such as 2025-01-24T09:30:00.000Z"
        case .date: "a date written YYYY-MM-DD"
        case .choice(let values): "one of " + values.joined(separator: ", ")
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        }
    }

    func accepts(_ value: JSONValue) -> Bool {
        switch self {
        case .text: value.string != nil
        case .name(let maximumLength): value.string.map { Self.isName($0, maximumLength) } ?? false
        case .email: value.string.map(Self.isEmail) ?? false
        case .timestamp: value.string.flatMap(Timestamp.init(iso8601:)) != nil
        case .date: value.string.flatMap(CalendarDate.init) != nil
        case .choice(let values): value.string.map(values.contains) ?? false
        case .integer(let range): Self.integer(value).map(range.contains) ?? false
        case .number(let range): value.double.map(range.contains) ?? false
        case .boolean: value.bool != nil
        }
    }

    private static func isName(_ text: String, _ maximumLength: Int) -> Bool {
        let scalars = text.unicodeScalars
        return !scalars.isEmpty && scalars.count <= maximumLength
            && scalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.unicodeScalars.count <= 320
            && !text.unicodeScalars.contains { $0.properties.isWhitespace }
    }

    /// A whole number; JSON Schema counts `3.0` as one.
    static func integer(_ value: JSONValue) -> Int? {
        value.int ?? value.double.flatMap { Int(exactly: $0) }
    }
}
