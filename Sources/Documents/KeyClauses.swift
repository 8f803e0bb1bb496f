package import SpeakModel

/// Conditions on key attributes as they were asked, before it is known which attribute is the partition's.
package struct KeyClauses: Hashable, Sendable {
    let clauses: [KeyCondition.SortClause]

    /// - Throws: ``DocumentError/invalid(_:)`` for what no key of any schema can be asked.
    package init(_ condition: Condition) throws(DocumentError) {
        var clauses: [KeyCondition.SortClause] = []
        for part in condition.conjuncts {
            let clause = try KeyCondition.SortClause(part)
            guard !clauses.contains(where: { $0.attribute == clause.attribute }) else {
                throw .invalid("KeyConditionExpressions must only contain one condition per key")
            }
            clauses.append(clause)
        }
        self.clauses = clauses
    }

    init(_ condition: KeyCondition) {
        clauses =
            [.init(condition.partition, .equal(condition.value))] + (condition.sort.map { [$0] } ?? [])
    }

    /// The condition on a table's or an index's key.
    ///
    /// - Throws: ``DocumentError/invalid(_:)`` for attributes that are not the key's, and for values of another type.
    package func resolved(for key: KeySchema) throws(DocumentError) -> KeyCondition {
        guard clauses.count <= 2 else { throw .invalid("Conditions can be of length 1 or 2 only") }
        guard let partition = clauses.first(where: { $0.attribute == key.partition.name }) else {
            throw .missedKey(key.partition)
        }
        guard case .equal(let value) = partition.condition else { throw .notSupported }
        try key.partition.check(value)
        guard let other = clauses.first(where: { $0.attribute != partition.attribute }) else {
            return KeyCondition(partition.attribute, value)
        }
        guard let sort = key.sort else { throw .notSupported }
        guard other.attribute == sort.name else { throw .missedKey(sort) }
        try other.condition.check(for: sort)
        return KeyCondition(partition.attribute, value, sort: other)
    }
}

extension KeyCondition {
    /// The key condition that clauses stand for where there is no schema to say it.
    ///
    /// Where both keys have an equality, the first is taken for the partition's; ``resolved(for:)`` knows better.
    init(_ clauses: KeyClauses) throws(DocumentError) {
        let equality = clauses.clauses.enumerated().first { $0.element.condition.isEqual }
        guard clauses.clauses.count <= 2, let (place, clause) = equality, case .equal(let value) = clause.condition
        else { throw .notSupported }
        let others = clauses.clauses.enumerated().filter { $0.offset != place }
        self.init(clause.attribute, value, sort: others.first?.element)
    }

    /// The condition with partition and sort key where the schema has them.
    ///
    /// - Throws: ``DocumentError/invalid(_:)`` for attributes that are not the key's, and for values of another type.
    package func resolved(for key: KeySchema) throws(DocumentError) -> KeyCondition {
        try KeyClauses(self).resolved(for: key)
    }
}

extension Condition {
    /// The conditions that AND joins.
    fileprivate var conjuncts: [Condition] {
        if case .and(let one, let other) = self { one.conjuncts + other.conjuncts } else { [self] }
    }
}

extension DocumentError {
    fileprivate static let notSupported = DocumentError.invalid("Query key condition not supported")

    fileprivate static func missedKey(_ key: KeyAttribute) -> DocumentError {
        .invalid("Query condition missed key schema element: \(key.name)")
    }
}
