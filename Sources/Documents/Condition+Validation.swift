extension Condition {
    /// Refuses what can hold for no item: values that have no order beside `<`, a BETWEEN whose ends are the wrong way
    /// round, a number for `begins_with`, an unknown type's name, an IN of more than 100.
    package func validate() throws(DocumentError) {
        switch self {
        case .compare(let left, let comparison, let right):
            try Self.checkDistinct(left, [right], comparison.rawValue)
            guard comparison != .equal, comparison != .notEqual else { return }
            try left.checkOrdered(for: comparison.rawValue)
            try right.checkOrdered(for: comparison.rawValue)
        case .between(let value, let low, let high):
            try Self.checkDistinct(value, [low, high], "BETWEEN")
            try Self.checkBetween(value, low, high)
        case .isIn(let value, let candidates):
            try Self.checkDistinct(value, candidates, "IN")
            guard (1...DocumentLimits.inOperands).contains(candidates.count) else {
                throw .invalid(
                    "The IN operator is provided with too many operands; number of operands: \(candidates.count)")
            }
        case .hasType(_, let type):
            guard AttributeType(rawValue: type) != nil else {
                throw .invalid(
                    "Invalid attribute type name found; type: \(type.prefix(32)), "
                        + "valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}")
            }
        case .beginsWith(let value, let prefix):
            try Self.checkDistinct(value, [prefix], "begins_with")
            try value.checkHasPrefixes()
            try prefix.checkHasPrefixes()
        case .and(let first, let second), .or(let first, let second):
            try first.validate()
            try second.validate()
        case .not(let condition): try condition.validate()
        case .contains(let value, let element): try Self.checkDistinct(value, [element], "contains")
        case .exists, .notExists: return
        }
    }

    private static func checkDistinct(
        _ first: Operand, _ others: [Operand], _ name: String
    ) throws(DocumentError) {
        guard case .path(let path) = first, others.contains(first) else { return }
        throw .invalid(
            "The first operand must be distinct from the remaining operands for this operator or function; "
                + "operator: \(name), first operand: \(path.bracketed)")
    }

    private static func checkBetween(_ value: Operand, _ low: Operand, _ high: Operand) throws(DocumentError) {
        for operand in [value, low, high] { try operand.checkOrdered(for: "BETWEEN") }
        guard case .value(let low) = low, case .value(let high) = high else { return }
        guard let isReversed = high.isLess(than: low) else {
            throw .invalid(
                "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
                    + "\(low.shown), upper bound operand: \(high.shown)")
        }
        guard !isReversed else {
            throw .invalid(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
                    + "operand: \(low.shown), upper bound operand: \(high.shown)")
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
