/// A DynamoDB value.
///
/// Strings are equal when their bytes are, as in DynamoDB: `é` in one scalar is not `é` in two. The names of attributes
/// and the members of string sets are Swift strings, however, for which those two are one.
package indirect enum AttributeValue: Sendable {
    case string(String)
    case number(DocumentNumber)
    case binary([UInt8])
    case bool(Bool)
    case null
    case list([AttributeValue])
    case map(Item)
    case stringSet(Set<String>)
    case numberSet(Set<DocumentNumber>)
    case binarySet(Set<[UInt8]>)
}

/// A row: its attributes by name.
package typealias Item = [String: AttributeValue]

extension AttributeValue: Hashable {
    package static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.number(let left), .number(let right)): left == right
        case (.binary(let left), .binary(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.list(let left), .list(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.stringSet(let left), .stringSet(let right)): left == right
        case (.numberSet(let left), .numberSet(let right)): left == right
        case (.binarySet(let left), .binarySet(let right)): left == right
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        switch self {
        case .string(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .binary(let value): hasher.combine(value)
        case .bool(let value): hasher.combine(value)
        case .null: break
        case .list(let value): hasher.combine(value)
        case .map(let value): hasher.combine(value)
        case .stringSet(let value): hasher.combine(value)
        case .numberSet(let value): hasher.combine(value)
        case .binarySet(let value): hasher.combine(value)
        }
    }
}
