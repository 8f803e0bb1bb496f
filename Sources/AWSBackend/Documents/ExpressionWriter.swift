import Documents
import JSON

/// Writes the expressions of one request, which share their `#names` and `:values`.
///
/// Every attribute is named by a placeholder, so no reserved word and no dot in a name gets in the way. Parentheses stand
/// only where the order of operators needs them: DynamoDB refuses those that mean nothing.
struct ExpressionWriter {
    private var names: [(name: String, placeholder: String)] = []
    private var values: [(value: AttributeValue, placeholder: String)] = []

    /// The members of a request that say what the placeholders mean; none where there are none.
    var members: [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if !names.isEmpty {
            members["ExpressionAttributeNames"] = .object(
                Dictionary(uniqueKeysWithValues: names.map { ($0.placeholder, .string($0.name)) }))
        }
        if !values.isEmpty {
            members["ExpressionAttributeValues"] = .object(
                Dictionary(uniqueKeysWithValues: values.map { ($0.placeholder, $0.value.json) }))
        }
        return members
    }

    private mutating func name(_ name: String) -> String {
        if let known = names.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) { return known.placeholder }
        names.append((name, "#n\(names.count)"))
        return "#n\(names.count - 1)"
    }

    private mutating func value(_ value: AttributeValue) -> String {
        values.append((value, ":v\(values.count)"))
        return ":v\(values.count - 1)"
    }

    private mutating func path(_ path: DocumentPath) -> String {
        var text = name(path.attribute)
        for step in path.steps {
            switch step {
            case .member(let member): text += ".\(name(member))"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}

// MARK: Conditions

extension ExpressionWriter {
    /// A ConditionExpression or a FilterExpression.
    mutating func condition(_ condition: Condition) -> String {
        switch condition {
        case .compare(let left, let comparison, let right):
            "\(operand(left)) \(comparison.rawValue) \(operand(right))"
        case .between(let value, let low, let high):
            "\(operand(value)) BETWEEN \(operand(low)) AND \(operand(high))"
        case .isIn(let value, let candidates): isIn(value, candidates)
        case .exists(let path): "attribute_exists(\(self.path(path)))"
        case .notExists(let path): "attribute_not_exists(\(self.path(path)))"
        case .hasType(let path, let type): "attribute_type(\(self.path(path)), \(value(.string(type))))"
        case .beginsWith(let value, let prefix): "begins_with(\(operand(value)), \(operand(prefix)))"
        case .contains(let value, let element): "contains(\(operand(value)), \(operand(element)))"
        case .and(let left, let right): "\(part(left, of: condition)) AND \(part(right, of: condition))"
        case .or(let left, let right): "\(self.condition(left)) OR \(self.condition(right))"
        case .not(let inner): "NOT \(part(inner, of: condition))"
        }
    }

    private mutating func isIn(_ value: Operand, _ candidates: [Operand]) -> String {
        let left = operand(value)
        var list: [String] = []
        for candidate in candidates { list.append(operand(candidate)) }
        return "\(left) IN (\(list.joined(separator: ", ")))"
    }

    private mutating func part(_ inner: Condition, of outer: Condition) -> String {
        let text = condition(inner)
        return inner.binding < outer.binding || inner.isNot && outer.isNot ? "(\(text))" : text
    }

    private mutating func operand(_ operand: Operand) -> String {
        switch operand {
        case .path(let path): self.path(path)
        case .value(let value): self.value(value)
        case .size(let path): "size(\(self.path(path)))"
        }
    }

    /// A KeyConditionExpression.
    mutating func keyCondition(_ key: KeyCondition) -> String {
        let partition = "\(name(key.partition)) = \(value(key.value))"
        guard let sort = key.sort else { return partition }
        return "\(partition) AND \(clause(name(sort.attribute), sort.condition))"
    }

    private mutating func clause(_ name: String, _ sort: KeyCondition.Sort) -> String {
        switch sort {
        case .equal(let other): "\(name) = \(value(other))"
        case .less(let other): "\(name) < \(value(other))"
        case .lessOrEqual(let other): "\(name) <= \(value(other))"
        case .greater(let other): "\(name) > \(value(other))"
        case .greaterOrEqual(let other): "\(name) >= \(value(other))"
        case .between(let low, let high): "\(name) BETWEEN \(value(low)) AND \(value(high))"
        case .beginsWith(let prefix): "begins_with(\(name), \(value(prefix)))"
        }
    }
}

extension Condition {
    /// How tightly its operator holds its parts together.
    fileprivate var binding: Int {
        switch self {
        case .or: 0
        case .and: 1
        case .not: 2
        default: 3
        }
    }

    fileprivate var isNot: Bool {
        if case .not = self { true } else { false }
    }
}

// MARK: Updates

extension ExpressionWriter {
    /// An UpdateExpression; `nil` for one that changes nothing, which DynamoDB has no text for.
    mutating func update(_ update: UpdateExpression) -> String? {
        var clauses: [String] = []
        if !update.set.isEmpty {
            var parts: [String] = []
            for assignment in update.set { parts.append("\(path(assignment.path)) = \(operand(assignment.value))") }
            clauses.append("SET \(parts.joined(separator: ", "))")
        }
        if !update.remove.isEmpty {
            var parts: [String] = []
            for removed in update.remove { parts.append(path(removed)) }
            clauses.append("REMOVE \(parts.joined(separator: ", "))")
        }
        if !update.add.isEmpty { clauses.append("ADD \(adjustments(update.add))") }
        if !update.delete.isEmpty { clauses.append("DELETE \(adjustments(update.delete))") }
        return clauses.isEmpty ? nil : clauses.joined(separator: " ")
    }

    private mutating func adjustments(_ adjustments: [UpdateExpression.Adjustment]) -> String {
        var parts: [String] = []
        for adjustment in adjustments { parts.append("\(path(adjustment.path)) \(value(adjustment.value))") }
        return parts.joined(separator: ", ")
    }

    private mutating func operand(_ operand: UpdateOperand) -> String {
        switch operand {
        case .value(let value): self.value(value)
        case .path(let path): self.path(path)
        case .ifNotExists(let path, let other): "if_not_exists(\(self.path(path)), \(self.operand(other)))"
        case .listAppend(let one, let other): "list_append(\(self.operand(one)), \(self.operand(other)))"
        case .plus(let one, let other): "\(self.operand(one)) + \(self.operand(other))"
        case .minus(let one, let other): "\(self.operand(one)) - \(self.operand(other))"
        }
    }
}

extension UpdateExpression {
    /// Whether doing it twice leaves what doing it once leaves.
    var isRepeatable: Bool {
        self.set.allSatisfy(\.value.isRepeatable) && add.allSatisfy { $0.value.number == nil }
    }
}

extension UpdateOperand {
    fileprivate var isRepeatable: Bool {
        switch self {
        case .value: true
        case .ifNotExists(_, let other): other.isRepeatable
        // Another attribute may have been changed by the same update.
        case .path, .listAppend, .plus, .minus: false
        }
    }
}
