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
        func refusal(_ reason: String) -> AWSError { .invalidParameters("\(reason) for Attribute: \(name)") }
        if value["Value"] != nil, value["AttributeValueList"] != nil {
            throw refusal("Value and AttributeValueList cannot be used together")
        }
        if let comparison = value["ComparisonOperator"]?.string {
            if value["Exists"] != nil { throw refusal("Exists and ComparisonOperator cannot be used together") }
            guard ["NULL", "NOT_NULL"].contains(comparison) || value["Value"] ?? value["AttributeValueList"] != nil
            else { throw refusal("Value or AttributeValueList must be used with ComparisonOperator: \(comparison)") }
            return try Self.comparison(name, value, in: "expected")
        }
        if value["AttributeValueList"] != nil {
            throw refusal("AttributeValueList can only be used with a ComparisonOperator")
        }
        let path = DocumentPath(name)
        let exists = value["Exists"]?.bool
        guard let given = value["Value"] else {
            guard exists == false else {
                throw refusal("Value must be provided when Exists is \(exists == nil ? "null" : "true")")
            }
            return .notExists(path)
        }
        guard exists ?? true else { throw refusal("Value cannot be used when Exists is false") }
        return .equals(path, try WireItem.value(given))
    }

    static func filter(_ input: JSONValue, _ name: String) throws -> Condition? {
        guard let filter = input[name]?.object else {
            if input["ConditionalOperator"]?.string != nil {
                throw AWSError.validation("ConditionalOperator cannot be used without Filter or Expected")
            }
            return nil
        }
        let place = name.prefix(1).lowercased() + name.dropFirst()
        let conditions = try filter.sorted { $0.key < $1.key }.map { name, value in
            try comparison(name, value, in: place)
        }
        return try joined(conditions, input)
    }

    static func key(_ input: JSONValue) throws -> KeyClauses {
        guard let conditions = input["KeyConditions"]?.object else {
            throw AWSError.validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
        }
        guard (1...2).contains(conditions.count) else {
            throw AWSError.validation("Conditions can be of length 1 or 2 only")
        }
        let parts = try conditions.sorted { $0.key < $1.key }.map { name, value in
            try comparison(name, value, in: "keyConditions")
        }
        // Whatever it is that a key cannot be asked, DynamoDB says it so here.
        guard let key = try? KeyClauses(parts.count == 2 ? .and(parts[0], parts[1]) : parts[0]) else {
            throw AWSError.validation("Attempted conditional constraint is not an indexable operation")
        }
        return key
    }

    private static func joined(_ conditions: [Condition], _ input: JSONValue) throws -> Condition? {
        if input["ConditionalOperator"]?.string != nil, conditions.count < 2 {
            throw AWSError.validation(
                "ConditionalOperator can only be used when Filter or Expected has two or more elements")
        }
        let isOr: Bool
        switch input["ConditionalOperator"]?.string {
        case nil, "AND": isOr = false
        case "OR": isOr = true
        case let other?:
            throw AWSError.constraint(other, at: "conditionalOperator", "satisfy enum value set: [OR, AND]")
        }
        return conditions.dropFirst().reduce(conditions.first) { sum, next in
            sum.map { isOr ? .or($0, next) : .and($0, next) }
        }
    }

    /// - Parameter parameter: The older parameter that has it, as DynamoDB names it in errors.
    private static func comparison(
        _ name: String, _ value: JSONValue, in parameter: String
    ) throws(AWSError) -> Condition {
        guard let comparison = value["ComparisonOperator"]?.string.flatMap(LegacyComparison.init) else {
            throw .constraint(
                value["ComparisonOperator"]?.string ?? "null", at: "\(parameter).\(name).member.comparisonOperator",
                "satisfy enum value set: [\(LegacyComparison.allCases.map(\.rawValue).joined(separator: ", "))]")
        }
        var given: [AttributeValue] = []
        for element in value["AttributeValueList"]?.array ?? [] { given.append(try WireItem.value(element)) }
        if let single = value["Value"] { given.append(try WireItem.value(single)) }
        try comparison.check(given)
        return comparison.condition(DocumentPath(name), given)
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
                update.delete.append(.init(path, value, isLegacy: true))
            case ("ADD", let value?):
                guard value.type.isSet || value.type == .number || value.type == .list else {
                    throw AWSError.invalidParameters(
                        "ADD action is not supported for the type \(value.type.rawValue)")
                }
                update.add.append(.init(path, value, isLegacy: true))
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
