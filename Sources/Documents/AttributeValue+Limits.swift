/// What DynamoDB allows (Amazon DynamoDB Developer Guide, "Quotas").
package enum DocumentLimits {
    /// Names and values of an item together.
    package static let itemBytes = 400 * 1024
    package static let partitionKeyBytes = 2048
    package static let sortKeyBytes = 1024
    /// How deep lists and maps may lie in each other.
    package static let nestingDepth = 32
    package static let transactionWrites = 100
    package static let transactionBytes = 4 * 1024 * 1024
    /// The items of one page.
    package static let pageBytes = 1024 * 1024
    package static let expressionBytes = 4096
    /// Operators and functions of one expression.
    package static let expressionOperators = 300
    package static let inOperands = 100
    package static let attributeNameBytes = 65_535
}

extension AttributeValue {
    /// The bytes that DynamoDB counts (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats").
    package var sizeInBytes: Int {
        switch self {
        case .string(let value): value.utf8.count
        case .number(let value): value.sizeInBytes
        case .binary(let value): value.count
        case .bool, .null: 1
        case .list(let values): values.reduce(3) { $0 + 1 + $1.sizeInBytes }
        case .map(let members): 3 + members.count + members.sizeInBytes
        case .stringSet(let members): members.reduce(0) { $0 + $1.utf8.count }
        case .numberSet(let members): members.reduce(0) { $0 + $1.sizeInBytes }
        case .binarySet(let members): members.reduce(0) { $0 + $1.count }
        }
    }

    /// Refuses empty sets and what lies too deep.
    func validate(depth: Int = 0) throws(DocumentError) {
        switch self {
        case .list(let values):
            try Self.check(depth: depth + 1)
            for value in values { try value.validate(depth: depth + 1) }
        case .map(let members):
            try Self.check(depth: depth + 1)
            for value in members.values { try value.validate(depth: depth + 1) }
        case .stringSet(let members) where members.isEmpty: throw .emptySet(type)
        case .numberSet(let members) where members.isEmpty: throw .emptySet(type)
        case .binarySet(let members) where members.isEmpty: throw .emptySet(type)
        default: return
        }
    }

    static func check(depth: Int) throws(DocumentError) {
        guard depth <= DocumentLimits.nestingDepth else {
            throw .invalid("Nesting Levels have exceeded supported limits")
        }
    }
}

extension DocumentNumber {
    /// One byte for two digits and one more, and one for a minus sign.
    var sizeInBytes: Int { (digitCount + 1) / 2 + 1 + (isNegative ? 1 : 0) }
}

extension Dictionary where Key == String, Value == AttributeValue {
    /// The bytes that DynamoDB counts: the names and the values.
    package var sizeInBytes: Int {
        reduce(0) { $0 + $1.key.utf8.count + $1.value.sizeInBytes }
    }

    /// Refuses what no item may hold: empty sets, empty or endless names, what lies too deep, more than 400 KB.
    package func validate() throws(DocumentError) {
        for (name, value) in self {
            guard (1...DocumentLimits.attributeNameBytes).contains(name.utf8.count) else {
                throw .invalid("Attribute names must have 1 to \(DocumentLimits.attributeNameBytes) bytes.")
            }
            try value.validate()
        }
        guard sizeInBytes <= DocumentLimits.itemBytes else {
            throw .itemTooLarge(isUpdate: false)
        }
    }
}

extension DocumentError {
    package static func itemTooLarge(isUpdate: Bool) -> DocumentError {
        .invalid("Item size \(isUpdate ? "to update " : "")has exceeded the maximum allowed size")
    }

    /// In DynamoDB's own words, both blanks included.
    static func emptySet(_ type: AttributeType) -> DocumentError {
        let reason =
            switch type {
            case .stringSet: "An string set  may not be empty"
            case .numberSet: "An number set  may not be empty"
            default: "Binary sets should not be empty"
            }
        return .invalid("One or more parameter values were invalid: \(reason)")
    }
}
