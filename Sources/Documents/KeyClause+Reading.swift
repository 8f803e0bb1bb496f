import SpeakModel

extension KeyCondition.SortClause {
    /// The clause that a parsed condition stands for.
    init(_ condition: Condition) throws(DocumentError) {
        switch condition {
        case .compare(.path(let path), let comparison, .value(let value)):
            self.init(try Self.attribute(path), try KeyCondition.Sort(comparison, value))
        case .compare(.value(let value), let comparison, .path(let path)):
            self.init(try Self.attribute(path), try KeyCondition.Sort(comparison.reversed, value))
        case .between(.path(let path), .value(let low), .value(let high)):
            self.init(try Self.attribute(path), .between(low, high))
        case .beginsWith(.path(let path), .value(let prefix)):
            self.init(try Self.attribute(path), .beginsWith(prefix))
        case .or: throw .invalid("Invalid operator used in KeyConditionExpression: OR")
        case .not: throw .invalid("Invalid operator used in KeyConditionExpression: NOT")
        case .isIn: throw .invalid("Invalid operator used in KeyConditionExpression: IN")
        case .exists: throw .invalid("Invalid operator used in KeyConditionExpression: attribute_exists")
        case .notExists: throw .invalid("Invalid operator used in KeyConditionExpression: attribute_not_exists")
        case .contains: throw .invalid("Invalid operator used in KeyConditionExpression: contains")
        case .hasType: throw .invalid("Invalid operator used in KeyConditionExpression: attribute_type")
        case .compare(.size, _, _), .compare(_, _, .size), .between(.size, _, _):
            throw .invalid("KeyConditionExpressions cannot contain nested operations")
        case .compare, .between, .beginsWith, .and: throw .invalid("Query key condition not supported")
        }
    }

    private static func attribute(_ path: DocumentPath) throws(DocumentError) -> String {
        guard path.steps.isEmpty else {
            throw .invalid("KeyConditionExpressions cannot have conditions on nested attributes")
        }
        return path.attribute
    }
}

extension KeyCondition.Sort {
    fileprivate init(_ comparison: Comparison, _ value: AttributeValue) throws(DocumentError) {
        switch comparison {
        case .equal: self = .equal(value)
        case .less: self = .less(value)
        case .lessOrEqual: self = .lessOrEqual(value)
        case .greater: self = .greater(value)
        case .greaterOrEqual: self = .greaterOrEqual(value)
        case .notEqual: throw .invalid("Unsupported operator on KeyConditionExpression: operator: <>")
        }
    }

    var isEqual: Bool {
        if case .equal = self { true } else { false }
    }

    func check(for key: KeyAttribute) throws(DocumentError) {
        switch self {
        case .equal(let value), .less(let value), .lessOrEqual(let value), .greater(let value),
            .greaterOrEqual(let value):
            try key.check(value)
        case .between(let low, let high):
            try key.check(low)
            try key.check(high)
            guard high.isLess(than: low) == false else {
                throw .invalid(
                    "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
                        + "operand: \(low.shown), upper bound operand: \(high.shown)")
            }
        case .beginsWith(let prefix):
            try key.check(prefix)
            guard key.type != .number else { throw .wrongOperand(of: "begins_with", .number) }
        }
    }
}

extension KeyAttribute {
    /// Refuses a value that no key has: of another type, or empty.
    func check(_ value: AttributeValue) throws(DocumentError) {
        guard value.type == attributeType else {
            throw .invalid(
                "One or more parameter values were invalid: Condition parameter type does not match schema type")
        }
        guard value.sizeInBytes > 0 else { throw .emptyKey(self, as: .table) }
    }
}

extension Comparison {
    /// The comparison that says the same with its sides exchanged.
    fileprivate var reversed: Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}
