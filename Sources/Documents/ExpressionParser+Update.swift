extension ExpressionParser {
    /// The clauses SET, REMOVE, ADD and DELETE in any order, each at most once.
    mutating func update() throws(DocumentError) -> UpdateExpression {
        var update = UpdateExpression()
        var seen: Set<String> = []
        while let token = next {
            let clause = token.text.uppercased()
            guard case .word = token, seen.isDisjoint(with: [clause]) else {
                throw seen.contains(clause)
                    ? .invalid("The \"\(clause)\" section can only be used once in an update expression;") : failure
            }
            try take(clause, into: &update)
            seen.insert(clause)
        }
        return update
    }

    private mutating func take(_ clause: String, into update: inout UpdateExpression) throws(DocumentError) {
        switch clause {
        case "SET":
            advance()
            update.set = try list { parser throws(DocumentError) in try parser.assignment() }
        case "REMOVE":
            advance()
            update.remove = try list { parser throws(DocumentError) in try parser.path() }
        case "ADD":
            advance()
            update.add = try list { parser throws(DocumentError) in try parser.adjustment(clause) }
        case "DELETE":
            advance()
            update.delete = try list { parser throws(DocumentError) in try parser.adjustment(clause) }
        default: throw failure
        }
    }

    private mutating func assignment() throws(DocumentError) -> UpdateExpression.Assignment {
        let path = try path()
        try expect("=")
        return .init(path, try sum())
    }

    /// One operand, or two with a sign between.
    private mutating func sum() throws(DocumentError) -> UpdateOperand {
        let first = try updateOperand()
        for (sign, operation) in [("+", UpdateOperand.plus), ("-", UpdateOperand.minus)] where take(sign) {
            try countOperator()
            let second = try updateOperand()
            try first.checkLiteral(.number, of: sign)
            try second.checkLiteral(.number, of: sign)
            return operation(first, second)
        }
        return first
    }

    private mutating func adjustment(_ clause: String) throws(DocumentError) -> UpdateExpression.Adjustment {
        let path = try path()
        guard let value = try takeValue() else { throw failure }
        guard value.type.isSet || (clause == "ADD" && value.type == .number) else {
            throw .invalid(
                "Incorrect operand type for operator or function; operator: \(clause), operand type: "
                    + "\(value.type.longName), typeSet: ALLOWED_FOR_\(clause)_OPERAND")
        }
        return .init(path, value)
    }

    private mutating func updateOperand() throws(DocumentError) -> UpdateOperand {
        if take("(") {
            let operand = try nested { parser throws(DocumentError) in try parser.sum() }
            try expect(")")
            return operand
        }
        if let value = try takeValue() { return .value(value) }
        guard let name = takeFunction() else { return .path(try path()) }
        try countOperator()
        return try nested { parser throws(DocumentError) in try parser.function(name) }
    }

    /// A function that makes a value, its name and bracket taken.
    private mutating func function(_ name: String) throws(DocumentError) -> UpdateOperand {
        switch name {
        case "if_not_exists":
            let (first, second) = try twoOperands(of: name)
            guard case .path(let path) = first else { throw .pathRequired(by: name) }
            return .ifNotExists(path, second)
        case "list_append":
            let (first, second) = try twoOperands(of: name)
            try first.checkLiteral(.list, of: name)
            try second.checkLiteral(.list, of: name)
            return .listAppend(first, second)
        case "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size":
            throw .invalid("The function is not allowed in an update expression; function: \(name)")
        default: throw .invalid("Invalid function name; function: \(name)")
        }
    }

    private mutating func twoOperands(of name: String) throws(DocumentError) -> (UpdateOperand, UpdateOperand) {
        let operands = try list { parser throws(DocumentError) in try parser.updateOperand() }
        try expect(")")
        guard operands.count == 2 else { throw .wrongOperandCount(of: name, operands.count) }
        return (operands[0], operands[1])
    }
}

extension UpdateOperand {
    /// Refuses a value in the expression itself that has another type; that of an attribute shows only in an item.
    fileprivate func checkLiteral(_ type: AttributeType, of name: String) throws(DocumentError) {
        if case .value(let value) = self, value.type != type { throw .wrongOperand(of: name, value.type) }
    }
}
