/// One JSON value (RFC 8259).
///
/// A number keeps the text it was written with, so that 38-digit numbers pass through exactly and nobody pays for a
/// conversion that is never asked for.
package indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number as it is written, such as `-1.50e3`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The text of a number.
    package var numberText: String? {
        if case .number(let text) = self { text } else { nil }
    }

    /// A whole number that fits; `nil` for `1.5` and for `1e3`, which are not written as whole numbers.
    package var int: Int? { numberText.flatMap { Int($0) } }

    /// A finite number.
    package var double: Double? {
        guard let value = numberText.flatMap({ Double($0) }), value.isFinite else { return nil }
        return value
    }

    package var array: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    package var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The member of that name, or `nil` for a missing one and for anything but an object.
    package subscript(name: String) -> JSONValue? { object?[name] }

    /// What JSON calls this value's type, for messages.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue {
    package static func number(_ value: Int) -> JSONValue { .number(String(value)) }

    /// - Precondition: `value` is finite; JSON has no other numbers.
    package static func number(_ value: Double) -> JSONValue {
        precondition(value.isFinite, "JSON has no number for \(value).")
        return .number(value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value))
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
    package init(nilLiteral: ()) { self = .null }
}
