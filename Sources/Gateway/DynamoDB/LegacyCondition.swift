import Documents
import JSON

/// Conditions in DynamoDB's older parameters: Expected, KeyConditions, QueryFilter, ScanFilter.
///
/// Source: "Legacy conditional parameters" in the Amazon DynamoDB Developer Guide.
enum LegacyCondition {
    static func expected(_ input: JSONValue) throws -> Condition? {
        guard let expected = input["Expected"]?.object else {
            if input["ConditionalOperator"]?.string != nil {
                throw AWSError.validation("ConditionalOperator cannot be used without Filter or Expected")
            }
            return nil
        }
        let conditions = try expected.sorted { $0.key < $1.key }.map { name, value in try Self.expected(name, value) }
        return try joined(conditions, input)
    }

    private static func expected(_ name: String, _ value: JSONValue) throws -> Condition {
        let path = DocumentPath(name)
        if value["ComparisonOperator"]?.string != nil {
            guard value["Exists"] == nil, value["Value"] == nil || value["AttributeValueList"] == nil else {
                throw AWSError.invalidParameters("Exists and ComparisonOperator cannot be used together")
            }
            return try comparison(name, value)
        }
        let exists = value["Exists"]?.bool
        guard let given = value["Value"] else {
            guard exists == false else {
                throw AWSError.invalidParameters(
                    exists == true
                        ? "Value must be provided when Exists is true for Attribute: \(name)"
                        : "Value or ComparisonOperator must be used in Expected for attribute: \(name)")
            }
            return .notExists(path)
        }
        guard exists ?? true else {
            throw AWSError.invalidParameters("Value cannot be used when Exists is false for Attribute: \(name)")
        }
        return .equals(path, try WireItem.value(given))
    }

    static func filter(_ input: JSONValue, _ name: String) throws -> Condition? {
        guard let filter = input[name]?.object else {
            if input["ConditionalOperator"]?.string != nil {
                throw AWSError.validation("ConditionalOperator cannot be used without Filter or Expected")
            }
            return nil
        }
        return try joined(filter.sorted { $0.key < $1.key }.map { name, value in try comparison(name, value) }, input)
    }

    static func key(_ input: JSONValue) throws -> KeyCondition {
        guard let conditions = input["KeyConditions"]?.object else {
            throw AWSError.validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
        }
        guard (1...2).contains(conditions.count) else {
            throw AWSError.validation("Conditions can be of length 1 or 2 only")
        }
        let parts = try conditions.sorted { $0.key < $1.key }.map { name, value in try comparison(name, value) }
        // Whatever it is that a key cannot be asked, DynamoDB says it so here.
        guard let key = try? KeyCondition(parts.count == 2 ? .and(parts[0], parts[1]) : parts[0]) else {
            throw AWSError.validation("Query key condition not supported")
        }
        return key
    }

    private static func joined(_ conditions: [Condition], _ input: JSONValue) throws -> Condition? {
        let isOr: Bool
        switch input["ConditionalOperator"]?.string {
        case nil, "AND": isOr = false
        case "OR": isOr = true
        case let other?:
            throw AWSError.validation(
                "1 validation error detected: Value '\(other)' at 'conditionalOperator' failed to satisfy constraint: "
                    + "Member must satisfy enum value set: [OR, AND]")
        }
        return conditions.dropFirst().reduce(conditions.first) { sum, next in
            sum.map { isOr ? .or($0, next) : .and($0, next) }
        }
    }

    private static func comparison(_ name: String, _ value: JSONValue) throws -> Condition {
        guard let text = value["ComparisonOperator"]?.string, let comparison = Legacy(rawValue: text) else {
            throw AWSError.validation(
                "1 validation error detected: Value '\(value["ComparisonOperator"]?.string ?? "null")' at "
                    + "'comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: "
                    + "[\(Legacy.allCases.map(\.rawValue).joined(separator: ", "))]")
        }
        var given = try (value["AttributeValueList"]?.array ?? []).map { value in try WireItem.value(value) }
        if let single = value["Value"] { given.append(try WireItem.value(single)) }
        guard comparison.counts.contains(given.count) else {
            throw AWSError.invalidParameters(
                "Invalid number of argument(s) for the \(text) ComparisonOperator")
        }
        let condition = comparison.condition(DocumentPath(name), given)
        try condition.validate()
        return condition
    }

    private enum Legacy: String, CaseIterable {
        case equal = "EQ"
        case notEqual = "NE"
        case isIn = "IN"
        case lessOrEqual = "LE"
        case less = "LT"
        case greaterOrEqual = "GE"
        case greater = "GT"
        case between = "BETWEEN"
        case notNull = "NOT_NULL"
        case null = "NULL"
        case contains = "CONTAINS"
        case notContains = "NOT_CONTAINS"
        case beginsWith = "BEGINS_WITH"

        var counts: ClosedRange<Int> {
            switch self {
            case .notNull, .null: 0...0
            case .between: 2...2
            case .isIn: 1...DocumentLimits.inOperands
            default: 1...1
            }
        }

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
}

/// Changes in DynamoDB's older parameter AttributeUpdates.
enum LegacyUpdate {
    static func expression(_ input: JSONValue) throws -> UpdateExpression {
        var update = UpdateExpression()
        for (name, change) in (input["AttributeUpdates"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            let path = DocumentPath(name)
            let value = try change["Value"].map { json in try WireItem.value(json) }
            switch (change["Action"]?.string ?? "PUT", value) {
            case ("PUT", let value?): update.set.append(.init(path, .value(value)))
            case ("DELETE", nil): update.remove.append(path)
            case ("DELETE", let value?):
                guard value.type.isSet else {
                    throw AWSError.invalidParameters(
                        "DELETE action with value is not supported for the type \(value.type.rawValue)")
                }
                update.delete.append(.init(path, value))
            case ("ADD", .list(let values)?):
                update.set.append(
                    .init(path, .listAppend(.ifNotExists(path, .value(.list([]))), .value(.list(values)))))
            case ("ADD", let value?):
                guard value.type.isSet || value.type == .number else {
                    throw AWSError.invalidParameters(
                        "ADD action is not supported for the type \(value.type.rawValue)")
                }
                update.add.append(.init(path, value))
            case ("PUT", nil), ("ADD", nil):
                throw AWSError.invalidParameters("Only DELETE action is allowed when no attribute value is specified")
            case (let action, _):
                throw AWSError.validation(
                    "1 validation error detected: Value '\(action)' at 'attributeUpdates.\(name).member.action' failed "
                        + "to satisfy constraint: Member must satisfy enum value set: [ADD, DELETE, PUT]")
            }
        }
        return update
    }
}
