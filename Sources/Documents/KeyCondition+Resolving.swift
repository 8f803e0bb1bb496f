package import SpeakModel

extension KeyCondition {
    /// The key condition that a parsed condition stands for.
    ///
    /// Where both keys have an equality, the first is taken for the partition's; ``resolved(for:)`` knows better.
    package init(_ condition: Condition) throws(DocumentError) {
        guard case .and(let first, let second) = condition else {
            let (name, sort) = try Self.clause(condition)
            guard case .equal(let value) = sort else { throw .invalid("Query key condition not supported") }
            self.init(name, value)
            return
        }
        let clauses = [try Self.clause(first), try Self.clause(second)]
        guard clauses[0].name != clauses[1].name else {
            throw .invalid("KeyConditionExpressions must only contain one condition per key")
        }
        guard let index = clauses.firstIndex(where: { $0.sort.isEqual }), case .equal(let value) = clauses[index].sort
        else { throw .invalid("Query key condition not supported") }
        let other = clauses[1 - index]
        self.init(clauses[index].name, value, sort: SortClause(other.name, other.sort))
    }

    /// The condition with partition and sort key where the schema has them.
    ///
    /// - Throws: ``DocumentError/invalid(_:)`` for attributes that are not the key's, and for values of another type.
    package func resolved(for key: KeySchema) throws(DocumentError) -> KeyCondition {
        guard partition == key.partition.name else { return try swapped(for: key) }
        try key.partition.check(value)
        guard let sort else { return self }
        guard let sortKey = key.sort, sort.attribute == sortKey.name else {
            throw .invalid("Query key condition not supported")
        }
        try sort.condition.check(for: sortKey)
        return self
    }

    private func swapped(for key: KeySchema) throws(DocumentError) -> KeyCondition {
        guard let sort, sort.attribute == key.partition.name, case .equal(let other) = sort.condition else {
            throw .invalid("Query condition missed key schema element: \(key.partition.name)")
        }
        return try KeyCondition(sort.attribute, other, sort: .init(partition, .equal(value))).resolved(for: key)
    }

    private static func clause(_ condition: Condition) throws(DocumentError) -> (name: String, sort: Sort) {
        switch condition {
        case .compare(.path(let path), let comparison, .value(let value)):
            return (try attribute(path), try Sort(comparison, value))
        case .compare(.value(let value), let comparison, .path(let path)):
            return (try attribute(path), try Sort(comparison.reversed, value))
        case .between(.path(let path), .value(let low), .value(let high)):
            return (try attribute(path), .between(low, high))
        case .beginsWith(.path(let path), .value(let prefix)): return (try attribute(path), .beginsWith(prefix))
        case .or: throw .invalid("Invalid operator used in KeyConditionExpression: OR")
        case .not: throw .invalid("Invalid operator used in KeyConditionExpression: NOT")
        case .isIn: throw .invalid("Invalid operator used in KeyConditionExpression: IN")
        case .exists: throw .invalid("Invalid operator used in KeyConditionExpression: attribute_exists")
        case .notExists: throw .invalid("Invalid operator used in KeyConditionExpression: attribute_not_exists")
        case .contains: throw .invalid("Invalid operator used in KeyConditionExpression: contains")
        case .hasType: throw .invalid("Invalid operator used in KeyConditionExpression: attribute_type")
        case .and: throw .invalid("KeyConditionExpressions must only contain one condition per key")
        case .compare, .between, .beginsWith: throw .invalid("Query key condition not supported")
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

    fileprivate var isEqual: Bool {
        if case .equal = self { true } else { false }
    }

    fileprivate func check(for key: KeyAttribute) throws(DocumentError) {
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
    fileprivate func check(_ value: AttributeValue) throws(DocumentError) {
        guard value.type.rawValue == type.rawValue else {
            throw .invalid(
                "One or more parameter values were invalid: Condition parameter type does not match schema type")
        }
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
