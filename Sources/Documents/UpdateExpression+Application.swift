extension UpdateExpression {
    /// The item after these changes.
    ///
    /// Every operand is read from the item as it was before, list indexes mean places before, and an element set beyond
    /// a list's end is appended.
    ///
    /// - Parameters:
    ///   - item: The item as it is; when there is none, only its key attributes.
    ///   - keyAttributes: The names of the attributes that may not change.
    /// - Throws: ``DocumentError/invalid(_:)``; the result itself still has to be validated.
    package func applied(to item: Item, keyAttributes: some Sequence<String>) throws(DocumentError) -> Item {
        try checkLeavesAlone(keyAttributes)
        var result = item
        for (name, node) in try changes(to: item).attributes {
            result[name] = try node.applied(to: item[name])
        }
        return result
    }

    /// Refuses paths that overlap and changes of key attributes, which no item allows.
    package func validate(keyAttributes: some Sequence<String>) throws(DocumentError) {
        try checkLeavesAlone(keyAttributes)
        try DocumentPath.checkApart(paths)
    }

    /// The places that it changes.
    package var paths: [DocumentPath] { self.set.map(\.path) + remove + (add + delete).map(\.path) }

    private func checkLeavesAlone(_ keyAttributes: some Sequence<String>) throws(DocumentError) {
        let changed = Set(paths.map(\.attribute))
        for name in keyAttributes where changed.contains(name) {
            throw .invalid(
                "One or more parameter values were invalid: Cannot update attribute \(name). "
                    + "This attribute is part of the key")
        }
    }

    /// Whether there is nothing in it that could make an item come to be.
    package var onlyRemoves: Bool {
        self.set.isEmpty && add.isEmpty && !(remove.isEmpty && delete.isEmpty)
    }

    private func changes(to item: Item) throws(DocumentError) -> PathTree<Change> {
        var tree = PathTree<Change>()
        for assignment in self.set {
            try tree.insert(.set(try assignment.value.value(in: item)), at: assignment.path)
        }
        for path in remove { try tree.insert(.remove, at: path) }
        for addition in add {
            guard let sum = try addition.value.added(to: addition.path.value(in: item)) else { throw addition.mismatch }
            try tree.insert(.set(sum), at: addition.path)
        }
        for deletion in delete {
            guard let change = deletion.value.deleted(from: deletion.path.value(in: item)) else {
                throw deletion.mismatch
            }
            try tree.insert(change, at: deletion.path)
        }
        return tree
    }
}

private enum Change {
    case set(AttributeValue)
    case remove
}

extension PathTree<Change>.Node {
    /// - Returns: `nil` when the value is to go.
    fileprivate func applied(to value: AttributeValue?) throws(DocumentError) -> AttributeValue? {
        switch (self, value) {
        case (.leaf(.set(let new)), _): return new
        case (.leaf(.remove), _): return nil
        case (.members(let changes), .map(var members)):
            for (name, change) in changes { members[name] = try change.applied(to: members[name]) }
            return .map(members)
        case (.elements(let changes), .list(let values)):
            return .list(try Self.apply(changes, to: values))
        case (.members, _), (.elements, _):
            throw .invalid("The document path provided in the update expression is invalid for update")
        }
    }

    private static func apply(
        _ changes: [Int: Self], to values: [AttributeValue]
    ) throws(DocumentError) -> [AttributeValue] {
        var result: [AttributeValue?] = values
        for (index, change) in changes.sorted(by: { $0.key < $1.key }) {
            if values.indices.contains(index) {
                result[index] = try change.applied(to: values[index])
            } else {
                result.append(try change.applied(to: nil))
            }
        }
        return result.compactMap { $0 }
    }
}

extension UpdateOperand {
    fileprivate func value(in item: Item) throws(DocumentError) -> AttributeValue {
        switch self {
        case .value(let value): return value
        case .path(let path):
            guard let value = path.value(in: item) else {
                throw .invalid("The provided expression refers to an attribute that does not exist in the item")
            }
            return value
        case .ifNotExists(let path, let other):
            if let value = path.value(in: item) { return value }
            return try other.value(in: item)
        case .listAppend(let first, let second):
            guard case .list(let head) = try first.value(in: item), case .list(let tail) = try second.value(in: item)
            else { throw .wrongUpdateOperand }
            return .list(head + tail)
        case .plus(let first, let second):
            return try first.number(in: item).adding(second.number(in: item))
        case .minus(let first, let second):
            return try first.number(in: item).adding(-second.number(in: item))
        }
    }

    private func number(in item: Item) throws(DocumentError) -> DocumentNumber {
        guard case .number(let number) = try value(in: item) else { throw .wrongUpdateOperand }
        return number
    }
}

extension DocumentNumber {
    fileprivate func adding(_ other: DocumentNumber) throws(DocumentError) -> AttributeValue {
        do { return .number(try self + other) } catch { throw .invalid(error.description) }
    }
}

extension AttributeValue {
    /// What ADD makes of an old value and this one; `nil` for two that do not fit.
    fileprivate func added(to old: AttributeValue?) throws(DocumentError) -> AttributeValue? {
        switch (old, self) {
        case (nil, .number), (nil, .stringSet), (nil, .numberSet), (nil, .binarySet), (nil, .list): self
        case (.list(let old), .list(let new)): .list(old + new)
        case (.number(let old), .number(let new)): try old.adding(new)
        case (.stringSet(let old), .stringSet(let new)): .stringSet(old.union(new))
        case (.numberSet(let old), .numberSet(let new)): .numberSet(old.union(new))
        case (.binarySet(let old), .binarySet(let new)): .binarySet(old.union(new))
        default: nil
        }
    }

    /// What DELETE does to an old set; `nil` for two that do not fit.
    fileprivate func deleted(from old: AttributeValue?) -> Change? {
        switch (old, self) {
        case (nil, .stringSet), (nil, .numberSet), (nil, .binarySet): .remove
        case (.stringSet(let old), .stringSet(let gone)): Change(old.subtracting(gone)) { .stringSet($0) }
        case (.numberSet(let old), .numberSet(let gone)): Change(old.subtracting(gone)) { .numberSet($0) }
        case (.binarySet(let old), .binarySet(let gone)): Change(old.subtracting(gone)) { .binarySet($0) }
        default: nil
        }
    }
}

extension Change {
    /// What is left of a set; nothing if that is empty.
    fileprivate init<Member>(_ rest: Set<Member>, _ value: (Set<Member>) -> AttributeValue) {
        self = rest.isEmpty ? .remove : .set(value(rest))
    }
}

extension UpdateExpression.Adjustment {
    fileprivate var mismatch: DocumentError {
        isLegacy ? .invalid("Type mismatch for attribute to update") : .wrongUpdateOperand
    }
}

extension DocumentError {
    fileprivate static var wrongUpdateOperand: DocumentError {
        .invalid("An operand in the update expression has an incorrect data type")
    }
}
