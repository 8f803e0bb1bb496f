/// The types of values, spelt as DynamoDB spells them.
package enum AttributeType: String, CaseIterable, Sendable {
    case string = "S"
    case number = "N"
    case binary = "B"
    case bool = "BOOL"
    case null = "NULL"
    case list = "L"
    case map = "M"
    case stringSet = "SS"
    case numberSet = "NS"
    case binarySet = "BS"

    /// Whether values of this type have an order, and so may be compared with `<` and be keys.
    package var isOrdered: Bool { self == .string || self == .number || self == .binary }

    package var isSet: Bool { self == .stringSet || self == .numberSet || self == .binarySet }
}

extension AttributeValue {
    package var type: AttributeType {
        switch self {
        case .string: .string
        case .number: .number
        case .binary: .binary
        case .bool: .bool
        case .null: .null
        case .list: .list
        case .map: .map
        case .stringSet: .stringSet
        case .numberSet: .numberSet
        case .binarySet: .binarySet
        }
    }
}

extension AttributeType {
    /// As DynamoDB calls it in errors of ADD and DELETE.
    var longName: String {
        switch self {
        case .string: "STRING"
        case .number: "NUMBER"
        case .binary: "BINARY"
        case .bool: "BOOLEAN"
        case .null: "NULL"
        case .list: "LIST"
        case .map: "MAP"
        case .stringSet: "STRING_SET"
        case .numberSet: "NUMBER_SET"
        case .binarySet: "BINARY_SET"
        }
    }
}
