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
        if take("(") {
            let condition = try nested { parser throws(DocumentError) in try parser.alternatives() }
            try expect(")")
            if isBracketed { throw .invalid("The expression has redundant parentheses;") }
            isBracketed = true
            return condition
        }
        isBracketed = false
        try countOperator()
        if next != .word("size"), let name = takeFunction() { return try test(name) }
        return try comparison()
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
        guard case .symbol(let text) = next, let comparison = Comparison(rawValue: text) else { throw failure }
        advance()
        return .compare(left, comparison, try operand())
    }

    private mutating func operand() throws(DocumentError) -> Operand {
        if let value = try takeValue() { return .value(value) }
        guard let name = takeFunction() else { return .path(try path()) }
        guard name == "size" else {
            throw .invalid("The function is not allowed to be used this way in an expression; function: \(name)")
        }
        try countOperator()
        let path = try argument(of: "size")
        try expect(")")
        return .size(path)
    }

    /// A path, where no value may stand.
    private mutating func argument(of function: String) throws(DocumentError) -> DocumentPath {
        if case .value = next {
            throw .invalid("Operator or function requires a document path; operator or function: \(function)")
        }
        return try path()
    }

    /// A function that is true or false, its name and bracket taken.
    private mutating func test(_ name: String) throws(DocumentError) -> Condition {
        let condition: Condition
        switch name {
        case "attribute_exists": condition = .exists(try argument(of: name))
        case "attribute_not_exists": condition = .notExists(try argument(of: name))
        case "attribute_type": condition = .hasType(try argument(of: name), try typeName())
        case "begins_with":
            let (value, prefix) = try pair(name)
            condition = .beginsWith(value, prefix)
        case "contains":
            let (value, element) = try pair(name)
            condition = .contains(value, element)
        case "if_not_exists", "list_append":
            throw .invalid("The function is not allowed in a condition expression; function: \(name)")
        default: throw .invalid("Invalid function name; function: \(name)")
        }
        try expect(")")
        return condition
    }

    private mutating func pair(_ name: String) throws(DocumentError) -> (Operand, Operand) {
        let operands = try list { parser throws(DocumentError) in try parser.operand() }
        guard operands.count == 2 else {
            throw .invalid(
                "Incorrect number of operands for operator or function; operator or function: \(name), "
                    + "number of operands: \(operands.count)")
        }
        return (operands[0], operands[1])
    }

    private mutating func typeName() throws(DocumentError) -> String {
        try expect(",")
        guard let value = try takeValue() else { throw failure }
        guard case .string(let name) = value else { throw .wrongOperand(of: "attribute_type", value.type) }
        return name
    }
}
