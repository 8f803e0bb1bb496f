extension ExpressionParser {
    /// OR binds weaker than AND, AND weaker than NOT, and all of them weaker than comparisons.
    mutating func wholeCondition() throws(DocumentError) -> Condition {
        let condition = try alternatives()
        try condition.validate()
        return condition
    }

    private mutating func alternatives() throws(DocumentError) -> Condition {
        var condition = try conjunction()
        while takeKeyword("OR") {
            try countOperator()
            condition = .or(condition, try conjunction())
            isBracketed = false
        }
        return condition
    }

    private mutating func conjunction() throws(DocumentError) -> Condition {
        var condition = try negation()
        while takeKeyword("AND") {
            try countOperator()
            condition = .and(condition, try negation())
            isBracketed = false
        }
        return condition
    }

    private mutating func negation() throws(DocumentError) -> Condition {
        guard takeKeyword("NOT") else { return try predicate() }
        try countOperator()
        let condition = try nested { parser throws(DocumentError) in try parser.negation() }
        isBracketed = false
        return .not(condition)
    }

    private mutating func predicate() throws(DocumentError) -> Condition {
        if !isAtBracketedOperand, take("(") {
            let condition = try nested { parser throws(DocumentError) in try parser.alternatives() }
            try expect(")")
            if isBracketed { throw .invalid("The expression has redundant parentheses;") }
            isBracketed = true
            return condition
        }
        isBracketed = false
        try countOperator()
        guard next != .word("size"), let name = takeFunction() else { return try comparison() }
        let condition = try test(name)
        if next?.comparesOperands == true { throw .misplaced(name) }
        return condition
    }

    private mutating func comparison() throws(DocumentError) -> Condition {
        let left = try operand()
        if takeKeyword("BETWEEN") {
            let low = try operand()
            guard takeKeyword("AND") else { throw failure }
            return .between(left, low, try operand())
        }
        if takeKeyword("IN") {
            try expect("(")
            let candidates = try list { parser throws(DocumentError) in try parser.operand() }
            try expect(")")
            return .isIn(left, candidates)
        }
        guard case .symbol(let text) = next, let comparison = Comparison(rawValue: text) else {
            if case .size = left { throw .misplaced("size") }
            throw failure
        }
        advance()
        return .compare(left, comparison, try operand())
    }

    private mutating func operand() throws(DocumentError) -> Operand {
        if take("(") {
            let operand = try nested { parser throws(DocumentError) in try parser.operand() }
            try expect(")")
            return operand
        }
        if let value = try takeValue() { return .value(value) }
        guard let name = takeFunction() else { return .path(try path()) }
        guard name == "size" else { throw .misplaced(name) }
        try countOperator()
        return .size(try arguments(of: "size", count: 1)[0].path(of: "size"))
    }

    /// A function that is true or false, its name and bracket taken.
    private mutating func test(_ name: String) throws(DocumentError) -> Condition {
        switch name {
        case "attribute_exists": return .exists(try arguments(of: name, count: 1)[0].path(of: name))
        case "attribute_not_exists": return .notExists(try arguments(of: name, count: 1)[0].path(of: name))
        case "attribute_type":
            let given = try arguments(of: name, count: 2)
            return .hasType(try given[0].path(of: name), try given[1].typeName)
        case "begins_with":
            let given = try arguments(of: name, count: 2)
            return .beginsWith(given[0], given[1])
        case "contains":
            let given = try arguments(of: name, count: 2)
            return .contains(given[0], given[1])
        case "if_not_exists", "list_append":
            throw .invalid("The function is not allowed in a condition expression; function: \(name)")
        default: throw .invalid("Invalid function name; function: \(name)")
        }
    }

    /// So many operands and the bracket behind them.
    private mutating func arguments(of name: String, count: Int) throws(DocumentError) -> [Operand] {
        let operands = try nested { parser throws(DocumentError) in
            try parser.list { parser throws(DocumentError) in try parser.operand() }
        }
        try expect(")")
        guard operands.count == count else { throw .wrongOperandCount(of: name, operands.count) }
        return operands
    }
}

extension Operand {
    /// The operand as a path, where nothing else may stand.
    fileprivate func path(of function: String) throws(DocumentError) -> DocumentPath {
        guard case .path(let path) = self else { throw .pathRequired(by: function) }
        return path
    }

    fileprivate var typeName: String {
        get throws(DocumentError) {
            switch self {
            case .value(.string(let name)): return name
            case .value(let value): throw .wrongOperand(of: "attribute_type", value.type)
            case .size: throw .wrongOperand(of: "attribute_type", .number)
            case .path:
                throw .invalid(
                    "Incorrect operand type for operator or function; operator or function: attribute_type")
            }
        }
    }
}

extension DocumentError {
    static func wrongOperandCount(of name: String, _ count: Int) -> DocumentError {
        .invalid(
            "Incorrect number of operands for operator or function; operator or function: \(name), "
                + "number of operands: \(count)")
    }

    static func pathRequired(by function: String) -> DocumentError {
        .invalid("Operator or function requires a document path; operator or function: \(function)")
    }

    fileprivate static func misplaced(_ function: String) -> DocumentError {
        .invalid("The function is not allowed to be used this way in an expression; function: \(function)")
    }
}
