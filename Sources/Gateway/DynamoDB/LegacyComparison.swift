import Documents

/// The comparisons of DynamoDB's older parameters, in the order in which it lists them.
///
/// Source: "Legacy conditional parameters" in the Amazon DynamoDB Developer Guide.
enum LegacyComparison: String, CaseIterable {
    case isIn = "IN"
    case null = "NULL"
    case between = "BETWEEN"
    case less = "LT"
    case notContains = "NOT_CONTAINS"
    case equal = "EQ"
    case greater = "GT"
    case notNull = "NOT_NULL"
    case notEqual = "NE"
    case lessOrEqual = "LE"
    case beginsWith = "BEGINS_WITH"
    case greaterOrEqual = "GE"
    case contains = "CONTAINS"

    private var counts: ClosedRange<Int> {
        switch self {
        case .notNull, .null: 0...0
        case .between: 2...2
        case .isIn: 1...DocumentLimits.inOperands
        default: 1...1
        }
    }

    /// Whether a value of this type may stand beside it.
    private func takes(_ type: AttributeType) -> Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .between: type.isOrdered
        case .beginsWith: type == .string || type == .binary
        case .contains, .notContains, .isIn: !type.isSet && type != .list && type != .map
        case .equal, .notEqual, .null, .notNull: true
        }
    }

    /// Refuses values that cannot stand beside it.
    func check(_ values: [AttributeValue]) throws(AWSError) {
        guard counts.contains(values.count) else {
            throw .invalidParameters("Invalid number of argument(s) for the \(rawValue) ComparisonOperator")
        }
        guard Set(values.map(\.type)).count <= 1 else {
            throw .invalidParameters("AttributeValues inside AttributeValueList must be of same type")
        }
        if let type = values.first?.type, !takes(type) {
            throw .invalidParameters(
                "ComparisonOperator \(rawValue) is not valid for \(type.rawValue) AttributeValue type")
        }
        if self == .between, values[1].isLess(than: values[0]) == true {
            throw .invalidParameters(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound")
        }
    }

    /// - Parameter values: Such as ``check(_:)`` lets pass.
    func condition(_ path: DocumentPath, _ values: [AttributeValue]) -> Condition {
        switch self {
        case .equal: .compare(path, .equal, values[0])
        case .notEqual: .compare(path, .notEqual, values[0])
        case .less: .compare(path, .less, values[0])
        case .lessOrEqual: .compare(path, .lessOrEqual, values[0])
        case .greater: .compare(path, .greater, values[0])
        case .greaterOrEqual: .compare(path, .greaterOrEqual, values[0])
        case .between: .between(path, values[0], values[1])
        case .isIn: .isIn(path, values)
        case .notNull: .exists(path)
        case .null: .notExists(path)
        case .contains: .contains(path, values[0])
        case .notContains: .and(.exists(path), .not(.contains(path, values[0])))
        case .beginsWith: .beginsWith(path, values[0])
        }
    }
}
