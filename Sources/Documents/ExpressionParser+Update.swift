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
        try countOperator()
        let path = try path()
        try expect("=")
        let first = try updateOperand()
        for (sign, operation) in [("+", UpdateOperand.plus), ("-", UpdateOperand.minus)] where take(sign) {
            let second = try updateOperand()
            try first.checkLiteral(.number, of: sign)
            try second.checkLiteral(.number, of: sign)
            return .init(path, operation(first, second))
        }
        return .init(path, first)
    }

    private mutating func adjustment(_ clause: String) throws(DocumentError) -> UpdateExpression.Adjustment {
        try countOperator()
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
        if let value = try takeValue() { return .value(value) }
        guard let name = takeFunction() else { return .path(try path()) }
        try countOperator()
        let operand = try nested { parser throws(DocumentError) in try parser.function(name) }
        try expect(")")
        return operand
    }

    /// A function that makes a value, its name and bracket taken.
    private mutating func function(_ name: String) throws(DocumentError) -> UpdateOperand {
        switch name {
        case "if_not_exists":
            let path = try path()
            try expect(",")
            return .ifNotExists(path, try updateOperand())
        case "list_append":
            let first = try updateOperand()
            try expect(",")
            let second = try updateOperand()
            try first.checkLiteral(.list, of: name)
            try second.checkLiteral(.list, of: name)
            return .listAppend(first, second)
        default: throw .invalid("Invalid function name; function: \(name)")
        }
    }
}

extension UpdateOperand {
    /// Refuses a value in the expression itself that has another type; that of an attribute shows only in an item.
    fileprivate func checkLiteral(_ type: AttributeType, of name: String) throws(DocumentError) {
        if case .value(let value) = self, value.type != type { throw .wrongOperand(of: name, value.type) }
    }
}
