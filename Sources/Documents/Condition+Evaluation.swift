extension Condition {
    /// Whether the condition holds for an item; an absent item has no attributes.
    ///
    /// Only values of one type are equal or have an order. A missing attribute makes every comparison false but `<>`,
    /// which is then true, even between two missing ones.
    package func holds(for item: Item?) -> Bool { holds(in: item ?? [:]) }

    private func holds(in item: Item) -> Bool {
        switch self {
        case .compare(let left, let comparison, let right):
            comparison.holds(left.value(in: item), right.value(in: item))
        case .between(let value, let low, let high):
            Comparison.greaterOrEqual.holds(value.value(in: item), low.value(in: item))
                && Comparison.lessOrEqual.holds(value.value(in: item), high.value(in: item))
        case .isIn(let value, let candidates):
            candidates.contains { Comparison.equal.holds(value.value(in: item), $0.value(in: item)) }
        case .exists(let path): path.value(in: item) != nil
        case .notExists(let path): path.value(in: item) == nil
        case .hasType(let path, let type): path.value(in: item)?.type.rawValue == type
        case .beginsWith(let value, let prefix):
            value.value(in: item)?.begins(with: prefix.value(in: item)) ?? false
        case .contains(let value, let element):
            value.value(in: item)?.contains(element.value(in: item)) ?? false
        case .and(let first, let second): first.holds(in: item) && second.holds(in: item)
        case .or(let first, let second): first.holds(in: item) || second.holds(in: item)
        case .not(let condition): !condition.holds(in: item)
        }
    }
}

extension Comparison {
    fileprivate func holds(_ left: AttributeValue?, _ right: AttributeValue?) -> Bool {
        guard let left, let right else { return self == .notEqual }
        switch self {
        case .equal: return left == right
        case .notEqual: return left != right
        case .less: return left.isLess(than: right) ?? false
        case .lessOrEqual: return right.isLess(than: left).map { !$0 } ?? false
        case .greater: return right.isLess(than: left) ?? false
        case .greaterOrEqual: return left.isLess(than: right).map { !$0 } ?? false
        }
    }
}

extension Operand {
    fileprivate func value(in item: Item) -> AttributeValue? {
        switch self {
        case .path(let path): path.value(in: item)
        case .value(let value): value
        case .size(let path): path.value(in: item)?.count.map { .number($0) }
        }
    }
}

extension AttributeValue {
    /// What `size()` answers: bytes of a string or binary, elements of anything that has some; `nil` for the rest.
    fileprivate var count: Int? {
        switch self {
        case .string(let value): value.utf8.count
        case .binary(let value): value.count
        case .list(let values): values.count
        case .map(let members): members.count
        case .stringSet(let members): members.count
        case .numberSet(let members): members.count
        case .binarySet(let members): members.count
        case .number, .bool, .null: nil
        }
    }

    fileprivate func begins(with prefix: AttributeValue?) -> Bool {
        switch (self, prefix) {
        case (.string(let value), .string(let prefix)): value.utf8.starts(with: prefix.utf8)
        case (.binary(let value), .binary(let prefix)): value.starts(with: prefix)
        default: false
        }
    }

    /// A part of a string or binary, a member of a set, an element of a list.
    fileprivate func contains(_ element: AttributeValue?) -> Bool {
        switch (self, element) {
        case (.string(let value), .string(let part)): Array(value.utf8).containsRun(Array(part.utf8))
        case (.binary(let value), .binary(let part)): value.containsRun(part)
        case (.stringSet(let members), .string(let member)): members.contains(member)
        case (.numberSet(let members), .number(let member)): members.contains(member)
        case (.binarySet(let members), .binary(let member)): members.contains(member)
        case (.list(let values), let element?): values.contains(element)
        default: false
        }
    }
}

extension [UInt8] {
    fileprivate func containsRun(_ part: [UInt8]) -> Bool {
        guard part.count <= count else { return false }
        return (0...(count - part.count)).contains { self[$0...].starts(with: part) }
    }
}
