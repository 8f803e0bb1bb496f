import Documents
import SpeakModel
import TestSupport
import Testing

@Suite struct ExpressionReaderTests {
    private static let values: Item = [":a": 1, ":b": 2, ":s": "s"]

    @Test(
        "no syntax but DynamoDB's is read as a condition",
        arguments: [
            "", "  ", "a", "a =", "= :a", "a == :a", "a != :a", "a = :a AND", "a = :a b = :b", "(a = :a", "a = :a)",
            "NOT",
            "a BETWEEN :a", "a BETWEEN :a OR :b", "a IN :a", "a IN ()", "a IN (:a", "a. = :a", "a[ = :a", "a[x] = :a",
            "a[:a] = :a", "a[1 = :a", "a[99999999999] = :a", "a[-1] = :a", ".a = :a", "a..b = :a", "# = :a", "a = :",
            "a = 5",
            "a = 'x'", "a & b", "a = :a; b = :b", "ä = :a", "size(a)", "size(a, b) = :a", "dog(a)", "dog(a) = :a",
            "ATTRIBUTE_EXISTS(a)", "attribute_exists(a", "attribute_exists(:a)", "attribute_exists(a) = :a",
            "attribute_type(a, b)", "begins_with(a)", "begins_with(a, :s, :s)", "contains(a)",
            "if_not_exists(a, b) = :a",
            "list_append(a, b) = :a", "_a = :a", "1a = :a", "hi-there = :a", "SET a = :a", "a = :undefined",
            "#undefined = :a", "a < b < c", "a = :a = :b",
        ])
    func malformedCondition(_ text: String) {
        var reader = ExpressionReader(values: Self.values)
        #expect { try reader.condition(text) } throws: { "\($0)".hasPrefix("Invalid ConditionExpression: ") }
    }

    @Test(
        "no syntax but DynamoDB's is read as an update",
        arguments: [
            "", "HELLO b = :a", "SET", "SET a", "SET a = ", "SET a = :a,", "SET a = :a b = :b", "SET a = :a SET b = :b",
            "SET a = :a + :b + :a", "SET a = if_not_exists(a, :a + :b)", "SET a = f(b)", "SET a = LIST_APPEND(a, b)",
            "SET a = list_append(a)", "SET a = list_append(a, b, c)", "SET a = if_not_exists(:a, b)", "SET :a = a",
            "REMOVE", "REMOVE :a", "REMOVE a b", "ADD a b", "ADD a = :a", "ADD a", "DELETE a", "DELETE a :a",
            "ADD a :s",
            "SET a = (:a", "SET a = ()", "SET (a) = :a", "SET a = :undefined", "SET #u = :a", "SET a = -:a",
        ])
    func malformedUpdate(_ text: String) {
        var reader = ExpressionReader(values: Self.values)
        #expect { try reader.update(text) } throws: { "\($0)".hasPrefix("Invalid UpdateExpression: ") }
    }

    @Test("names and values that no expression uses are refused")
    func unused() throws {
        var reader = ExpressionReader(names: ["#a": "a", "#b": "b"], values: [":x": 1, ":y": 2])
        _ = try reader.condition("#a = :x")
        #expect(
            throws: DocumentError.invalid(
                "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}")
        ) {
            try reader.checkAllUsed()
        }
        _ = try reader.filter("#b > :x")
        #expect(
            throws: DocumentError.invalid(
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {:y}")
        ) {
            try reader.checkAllUsed()
        }
        _ = try reader.update("SET c = :y")
        #expect(throws: Never.self) { try reader.checkAllUsed() }
    }

    @Test("a placeholder's dot is part of the name")
    func dottedName() throws {
        let update = try UpdateExpression("SET #a = :v", names: ["#a": "a.b"], values: [":v": 3])
        #expect(try update.applied(to: [:], keyAttributes: []) == ["a.b": 3])
    }

    @Test("length, depth and number of operators are bounded")
    func bounds() throws {
        /// Brackets that are all needed.
        func brackets(_ depth: Int) -> String {
            String(repeating: "(a = :a OR ", count: depth) + "a = :a" + String(repeating: ")", count: depth)
        }
        func read(_ text: String) throws -> Condition { try Condition(text, values: [":a": 1]) }
        #expect(throws: Never.self) { try read(brackets(64)) }
        #expect(throws: DocumentError.self) { try read(brackets(65)) }
        #expect(throws: DocumentError.self) { try read(brackets(2000)) }
        #expect(throws: DocumentError.self) { try read(String(repeating: "NOT ", count: 500) + "a = :a") }
        #expect(throws: Never.self) { try read(Array(repeating: "a=:a", count: 150).joined(separator: " OR ")) }
        #expect(throws: DocumentError.self) { try read(Array(repeating: "a=:a", count: 151).joined(separator: " OR ")) }
        #expect(throws: DocumentError.self) { try read("a = :a" + String(repeating: " ", count: 4096)) }
        func update(_ clause: String, _ count: Int, _ part: (Int) -> String) throws -> UpdateExpression {
            try UpdateExpression("\(clause) \((0..<count).map(part).joined(separator: ","))", values: [":a": 1])
        }
        // "=" is no operator; "+", "-" and functions are.
        #expect(throws: Never.self) { try update("SET", 400) { "a\($0)=:a" } }
        #expect(throws: Never.self) { try update("ADD", 400) { "a\($0) :a" } }
        #expect(throws: Never.self) { try update("SET", 300) { "b\($0)=b+:a" } }
        #expect(throws: DocumentError.self) { try update("SET", 301) { "b\($0)=b+:a" } }
        let list = Array(repeating: ":a", count: 100).joined(separator: ",")
        #expect(throws: Never.self) { try read("a IN (\(list))") }
        #expect(throws: DocumentError.self) { try read("a IN (\(list),:a)") }
        #expect(throws: Never.self) { try read("a" + String(repeating: "[0]", count: 31) + " = :a") }
        #expect(throws: DocumentError.self) { try read("a" + String(repeating: "[0]", count: 32) + " = :a") }
    }

    @Test(
        "brackets around brackets, and words that are reserved, are refused",
        arguments: [
            ("((a = :a))", "redundant"), ("a = :a AND ((a = :a) )", "redundant"), ("NOT ((NOT a = :a))", "redundant"),
            ("Status = :a", "reserved keyword: Status"), ("a.date = :a", "reserved keyword: date"),
        ])
    func refusals(_ text: String, _ reason: String) {
        var reader = ExpressionReader(values: [":a": 1], refusesReservedWords: true)
        do {
            _ = try reader.condition(text)
            Issue.record("\(text) was read")
        } catch {
            #expect(error.description.contains(reason), "\(error)")
        }
    }

    @Test(
        "what is wrong with a condition is said in DynamoDB's words",
        arguments: [
            (
                "attribute_exists(a, b)",
                "Incorrect number of operands for operator or function; operator or function: attribute_exists, "
                    + "number of operands: 2"
            ),
            (
                "attribute_type(a)",
                "Incorrect number of operands for operator or function; operator or function: attribute_type, "
                    + "number of operands: 1"
            ),
            (
                "size(a, b) > :a",
                "Incorrect number of operands for operator or function; operator or function: size, "
                    + "number of operands: 2"
            ),
            ("size(a)", "The function is not allowed to be used this way in an expression; function: size"),
            (
                "attribute_exists(a) = :a",
                "The function is not allowed to be used this way in an expression; function: attribute_exists"
            ),
            (
                "(begins_with(a, :s)) = :a",
                "The function is not allowed to be used this way in an expression; function: begins_with"
            ),
            (
                "attribute_exists(size(a))",
                "Operator or function requires a document path; operator or function: attribute_exists"
            ),
            (
                "attribute_type(a, :s)",
                "Invalid attribute type name found; type: s, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
            ),
            (
                "a BETWEEN :b AND :s",
                "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
                    + "AttributeValue: {N:2}, upper bound operand: AttributeValue: {S:s}"
            ),
        ])
    func conditionReasons(_ text: String, _ reason: String) {
        var reader = ExpressionReader(values: Self.values)
        #expect(throws: DocumentError.invalid("Invalid ConditionExpression: \(reason)")) { try reader.condition(text) }
    }

    @Test(
        "what is wrong with an update is said in DynamoDB's words",
        arguments: [
            (
                "SET a = if_not_exists(a)",
                "Incorrect number of operands for operator or function; operator or function: if_not_exists, "
                    + "number of operands: 1"
            ),
            (
                "SET a = list_append(a, b, c)",
                "Incorrect number of operands for operator or function; operator or function: list_append, "
                    + "number of operands: 3"
            ),
            (
                "SET a = if_not_exists(:a, :b)",
                "Operator or function requires a document path; operator or function: if_not_exists"
            ),
            ("SET a = size(b)", "The function is not allowed in an update expression; function: size"),
            ("SET a = contains(b, :a)", "The function is not allowed in an update expression; function: contains"),
            ("SET a = dog(b)", "Invalid function name; function: dog"),
        ])
    func updateReasons(_ text: String, _ reason: String) {
        var reader = ExpressionReader(values: Self.values)
        #expect(throws: DocumentError.invalid("Invalid UpdateExpression: \(reason)")) { try reader.update(text) }
    }

    @Test(
        "operands may stand in brackets",
        arguments: [
            ("(a) = :a", "a = :a"), ("a = (:a)", "a = :a"), ("(size(a)) < :b", "size(a) < :b"),
            ("size((a)) < :b", "size(a) < :b"), ("(a) BETWEEN (:a) AND :b", "a BETWEEN :a AND :b"),
            ("(a) IN (:a, (:b))", "a IN (:a, :b)"), ("NOT (a) = :a OR (b = (:b))", "NOT a = :a OR b = :b"),
        ])
    func bracketedOperands(_ text: String, _ plain: String) throws {
        var reader = ExpressionReader(values: Self.values)
        #expect(try reader.condition(text) == reader.condition(plain))
    }

    @Test(
        "brackets that are needed, or stand beside each other",
        arguments: [
            "(a = :a) AND (a = :a)", "((a = :a) AND a = :a)", "(NOT (a = :a))", "(a = :a OR (a = :a))", "(a = :a)",
        ])
    func brackets(_ text: String) throws {
        var reader = ExpressionReader(values: [":a": 1], refusesReservedWords: true)
        _ = try reader.condition(text)
    }

    @Test("random tokens are read or refused, never more", arguments: [7, 8, 9] as [UInt64])
    func randomTokens(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let tokens = [
            "a", "#a", ":a", "(", ")", "[", "]", "0", ",", ".", "=", "<>", "<", "AND", "OR", "NOT", "IN", "BETWEEN",
            "size(",
            "begins_with(", "SET", "REMOVE", "ADD", "+", "-", "list_append(", "if_not_exists(", "\u{0}", "가", "\"",
        ]
        var readCount = 0
        for _ in 0..<4000 {
            let count = Int.random(in: 1...7, using: &generator)
            let text = (0..<count).map { _ in tokens.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            var reader = ExpressionReader(names: ["#a": "a"], values: [":a": 1])
            do throws(DocumentError) {
                _ = try reader.condition(text)
                readCount += 1
            } catch {
                #expect(error.label == "invalid", "\(text)")
            }
            do throws(DocumentError) { _ = try reader.update(text) } catch { #expect(error.label == "invalid") }
        }
        #expect(readCount > 0)
    }
}

@Suite struct KeyConditionTests {
    private static let key = KeySchema(partition: .init("p"), sort: .init("c", .number))

    private func read(_ text: String, _ values: Item = [":p": "x", ":c": 3]) throws -> KeyCondition {
        var reader = ExpressionReader(values: values)
        return try reader.keyCondition(text).resolved(for: Self.key)
    }

    @Test("a key condition finds the partition whatever the order")
    func order() throws {
        let expected = KeyCondition("p", "x", sort: .init("c", .equal(3)))
        for text in ["p = :p AND c = :c", "c=:c and p=:p", "((c = :c) AND (p = :p))", ":p = p AND :c = c"] {
            #expect(try read(text) == expected, "\(text)")
        }
        #expect(try read("p = :p") == KeyCondition("p", "x"))
    }

    @Test("every condition on the sort key is read, its sides exchanged or not")
    func sorts() throws {
        func sort(_ text: String) throws -> KeyCondition.Sort? { try read("p = :p AND \(text)").sort?.condition }
        #expect(try sort("c < :c") == .less(3))
        #expect(try sort(":c < c") == .greater(3))
        #expect(try sort("c <= :c") == .lessOrEqual(3))
        #expect(try sort(":c <= c") == .greaterOrEqual(3))
        #expect(try sort("c > :c") == .greater(3))
        #expect(try sort("c >= :c") == .greaterOrEqual(3))
        #expect(try sort("c BETWEEN :c AND :c") == .between(3, 3))
        var reader = ExpressionReader(values: [":p": "x", ":b": "pre"])
        #expect(
            try reader.keyCondition("begins_with(c, :b) AND p = :p").resolved(
                for: KeySchema(partition: .init("p"), sort: .init("c")))
                == KeyCondition("p", "x", sort: .init("c", .beginsWith("pre"))))
    }

    @Test(
        "what no key condition can say is refused",
        arguments: [
            "p < :p", "c = :c", "c < :c", "p = :p AND q = :c", "p = :p AND p = :p", "p = :p AND c <> :c",
            "p = :p AND c IN (:c)",
            "p = :p OR c = :c", "NOT p = :p", "p = :p AND c > :c AND c < :c", "p = :p AND attribute_exists(c)",
            "p = :p AND begins_with(c, :c)", "p = :c", "p = :p AND c = :p", "p.x = :p", "p = :p AND size(c) = :c",
            "p = :p AND c = p", "p > :p AND c > :c", "q = :p AND c = :c", "q = :p",
        ])
    func refused(_ text: String) {
        #expect(throws: DocumentError.self) { try read(text) }
    }

    @Test(
        "what is wrong with a key condition is said in DynamoDB's words",
        arguments: [
            ("c > :c", "Query condition missed key schema element: p"),
            ("q = :p AND c = :c", "Query condition missed key schema element: p"),
            ("p > :p", "Query key condition not supported"),
            ("p > :p AND c = :c", "Query key condition not supported"),
            ("p = :p AND q = :c", "Query condition missed key schema element: c"),
            ("p = :p AND c = :c AND q = :c", "Conditions can be of length 1 or 2 only"),
            (
                "p = :p AND c > :c AND c < :c",
                "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key"
            ),
            (
                "p = :p AND size(c) = :c",
                "Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested operations"
            ),
            (
                "p = :e",
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                    + "empty string value. Key: p"
            ),
        ])
    func reasons(_ text: String, _ reason: String) {
        #expect(throws: DocumentError.invalid(reason)) { try read(text, [":p": "x", ":c": 3, ":e": ""]) }
    }

    @Test("a key without a sort attribute is asked for nothing else")
    func noSort() throws {
        var reader = ExpressionReader(values: [":p": "x"])
        let clauses = try reader.keyCondition("p = :p AND c = :p")
        #expect(throws: DocumentError.invalid("Query key condition not supported")) {
            try clauses.resolved(for: KeySchema(partition: .init("p")))
        }
    }
}
