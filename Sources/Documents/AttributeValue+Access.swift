extension AttributeValue {
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var number: DocumentNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// A number without decimals that fits.
    package var int: Int? { number?.int }

    package var double: Double? { number?.double }

    package var binary: [UInt8]? {
        if case .binary(let value) = self { value } else { nil }
    }

    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var list: [AttributeValue]? {
        if case .list(let values) = self { values } else { nil }
    }

    package var map: Item? {
        if case .map(let members) = self { members } else { nil }
    }

    package var stringSet: Set<String>? {
        if case .stringSet(let members) = self { members } else { nil }
    }

    package var isNull: Bool { self == .null }
}

extension AttributeValue {
    package static func number(_ value: Int) -> AttributeValue { .number(DocumentNumber(value)) }

    package static func number(_ value: Int64) -> AttributeValue { .number(DocumentNumber(value)) }

    /// A list of strings.
    package static func strings(_ values: [String]) -> AttributeValue { .list(values.map { .string($0) }) }
}

/// There is no `nil` for `.null`, since `condition ? value : nil` would then quietly become a value.
extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: AttributeValue...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self = .map(Dictionary(elements) { _, last in last })
    }
}
