extension Condition {
    /// Refuses what can hold for no item: values that have no order beside `<`, a BETWEEN whose ends are the wrong way
    /// round, a number for `begins_with`, an unknown type's name, an IN of more than 100.
    package func validate() throws(DocumentError) {
        switch self {
        case .compare(let left, let comparison, let right):
            guard comparison != .equal, comparison != .notEqual else { return }
            try left.checkOrdered(for: comparison.rawValue)
            try right.checkOrdered(for: comparison.rawValue)
        case .between(let value, let low, let high): try Self.checkBetween(value, low, high)
        case .isIn(_, let candidates):
            guard (1...DocumentLimits.inOperands).contains(candidates.count) else {
                throw .invalid("The IN operator takes 1 to \(DocumentLimits.inOperands) operands.")
            }
        case .hasType(_, let type):
            guard AttributeType(rawValue: type) != nil else {
                throw .invalid("Invalid attribute type name found; type: \(type.prefix(32))")
            }
        case .beginsWith(let value, let prefix):
            try value.checkHasPrefixes()
            try prefix.checkHasPrefixes()
        case .and(let first, let second), .or(let first, let second):
            try first.validate()
            try second.validate()
        case .not(let condition): try condition.validate()
        case .exists, .notExists, .contains: return
        }
    }

    private static func checkBetween(_ value: Operand, _ low: Operand, _ high: Operand) throws(DocumentError) {
        for operand in [value, low, high] { try operand.checkOrdered(for: "BETWEEN") }
        guard case .value(let low) = low, case .value(let high) = high else { return }
        guard let isReversed = high.isLess(than: low) else {
            throw .invalid("The BETWEEN operator requires same data type for lower and upper bounds.")
        }
        guard !isReversed else {
            throw .invalid("The BETWEEN operator requires upper bound to be greater than or equal to lower bound.")
        }
    }
}

extension Operand {
    fileprivate func checkOrdered(for name: String) throws(DocumentError) {
        if case .value(let value) = self, !value.type.isOrdered { throw .wrongOperand(of: name, value.type) }
    }

    fileprivate func checkHasPrefixes() throws(DocumentError) {
        switch self {
        case .value(.string), .value(.binary), .path: return
        case .value(let value): throw .wrongOperand(of: "begins_with", value.type)
        case .size: throw .wrongOperand(of: "begins_with", .number)
        }
    }
}

extension DocumentError {
    static func wrongOperand(of name: String, _ type: AttributeType) -> DocumentError {
        .invalid(
            "Incorrect operand type for operator or function; operator or function: \(name), "
                + "operand type: \(type.rawValue)")
    }
}
