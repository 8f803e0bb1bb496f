import Documents
import Testing

@Suite struct UpdateExpressionTests {
    private static let item: Item = [
        "id": "i-1", "n": 5, "s": "hi", "l": [2, 3, 4, 5, 6, 7], "m": ["x": 3, "y": ["deep": [1, 2]]],
        "ss": .stringSet(["cat", "dog"]), "ns": .numberSet([DocumentNumber(1)]), "one": ["only"],
    ]

    private static let values: Item = [
        ":v": 17, ":w": "w", ":five": 5, ":list": ["a"], ":more": ["b"], ":cat": .stringSet(["cat"]),
        ":pig": .stringSet(["pig", "cat"]), ":all": .stringSet(["cat", "dog"]), ":two": .numberSet([DocumentNumber(2)]),
        ":big": .number(DocumentNumber("1e50") ?? 0), ":none": .stringSet([]),
    ]

    private func update(_ expression: String, _ item: Item = UpdateExpressionTests.item) throws -> Item {
        let used = Set(expression.matches(of: #/:\w+/#).map { String($0.output) })
        let values = Self.values.filter { used.contains($0.key) }
        return try UpdateExpression(expression, values: values).applied(to: item, keyAttributes: ["id"])
    }

    @Test(
        "updates change one attribute as DynamoDB does",
        arguments: [
            ("SET n = :v", "n", 17), ("SET new = :v", "new", 17), ("SET n = n + :v", "n", 22),
            ("SET n = :v - n", "n", 12), ("SET n = (n + :v)", "n", 22), ("SET n = (n - :five) + (:v)", "n", 17),
            ("set copy = m.y.deep[1]", "copy", 2), ("SET m.x = :w", "m", ["x": "w", "y": ["deep": [1, 2]]]),
            ("SET m.y.deep[0] = :v", "m", ["x": 3, "y": ["deep": [17, 2]]]),
            ("SET n = if_not_exists(n, :v)", "n", 5), ("SET q = if_not_exists(q, :v) + :five", "q", 22),
            ("SET q = if_not_exists(q, if_not_exists(r, n))", "q", 5),
            ("SET one = list_append(one, :list)", "one", ["only", "a"]),
            ("SET one = list_append(:list, one)", "one", ["a", "only"]),
            ("SET q = list_append(if_not_exists(q, :list), :more)", "q", ["a", "b"]),
            // Beyond the end an element is appended, in the order of the indexes.
            ("SET one[84] = :v, one[37] = :w", "one", ["only", "w", 17]),
            // Indexes mean places before the update, whatever comes first.
            ("REMOVE l[1] SET l[3] = :v", "l", [2, 4, 17, 6, 7]), ("SET l[3] = :v REMOVE l[1]", "l", [2, 4, 17, 6, 7]),
            ("REMOVE l[0], l[1], l[5]", "l", [4, 5, 6]), ("REMOVE l[17]", "l", [2, 3, 4, 5, 6, 7]),
            ("SET one[1] = :v REMOVE one[2]", "one", ["only", 17]),
            ("REMOVE s", "s", nil), ("REMOVE missing", "missing", nil),
            ("REMOVE m.nothing", "m", ["x": 3, "y": ["deep": [1, 2]]]),
            ("REMOVE one[0]", "one", []), ("REMOVE m.y.deep, m.x", "m", ["y": .map([:])]),
            ("ADD n :v", "n", 22), ("ADD q :v", "q", 17), ("ADD m.x :v", "m", ["x": 20, "y": ["deep": [1, 2]]]),
            ("ADD ss :pig", "ss", .stringSet(["cat", "dog", "pig"])), ("ADD q :cat", "q", .stringSet(["cat"])),
            ("ADD ns :two", "ns", .numberSet([DocumentNumber(1), DocumentNumber(2)])),
            ("DELETE ss :pig", "ss", .stringSet(["dog"])), ("DELETE ss :all", "ss", nil), ("DELETE q :all", "q", nil),
        ] as [(String, String, AttributeValue?)])
    func changes(_ expression: String, _ attribute: String, _ expected: AttributeValue?) throws {
        var result = try update(expression)
        #expect(result.removeValue(forKey: attribute) == expected)
        var rest = Self.item
        rest[attribute] = nil
        #expect(result == rest)
    }

    @Test("all operands are read from the item as it was")
    func readBefore() throws {
        let result = try update("SET a = b, b = a REMOVE c ADD d :five", ["a": 1, "b": 2, "c": 3, "d": 4])
        #expect(result == ["a": 2, "b": 1, "d": 9])
        #expect(try update("REMOVE a SET b = a", ["a": "hello"]) == ["b": "hello"])
    }

    @Test(
        "what cannot be applied is refused",
        arguments: [
            ("SET id = :v", "part of the key"), ("REMOVE id", "part of the key"), ("ADD id :v", "part of the key"),
            ("SET id.x = :v", "part of the key"), ("DELETE id :cat", "part of the key"),
            ("SET a = missing", "does not exist"), ("SET a = missing + :v", "does not exist"),
            ("SET a = s + :v", "incorrect data type"), ("SET a = list_append(s, :list)", "incorrect data type"),
            ("SET a = list_append(missing, :list)", "does not exist"),
            ("ADD s :v", "incorrect data type"), ("ADD l :cat", "incorrect data type"),
            ("ADD ss :two", "incorrect data type"),
            ("DELETE n :cat", "incorrect data type"), ("ADD n :w", "operand type: S"),
            ("DELETE ss :v", "operand type: N"),
            ("SET s.c = :v", "path"), ("SET l.c = :v", "path"), ("SET missing.c = :v", "path"),
            ("SET m[0] = :v", "path"),
            ("SET one[5].x = :v", "path"), ("REMOVE missing.c", "path"), ("REMOVE s[0]", "path"),
            ("SET n = n + :big", "38 significant digits"),
            ("SET a = :v, a.b = :v", "overlap"), ("SET a.b = :v, a = :v", "overlap"),
            ("SET a = :v REMOVE a", "overlap"),
            ("SET a.b.c.d = :v ADD a.b :v", "overlap"), ("SET a[1] = :v, a[1][1] = :v", "overlap"),
            ("SET a.b = :v, a[1] = :v", "conflict"),
        ])
    func refused(_ expression: String, _ reason: String) {
        #expect { try update(expression) } throws: { error in
            guard case DocumentError.invalid(let text) = error else { return false }
            return text.contains(reason)
        }
    }

    @Test("the older parameter adds to lists, and has other words for types that do not fit")
    func legacy() throws {
        let update = UpdateExpression(add: [.init("l", [8], isLegacy: true), .init("new", ["a"], isLegacy: true)])
        let result = try update.applied(to: Self.item, keyAttributes: ["id"])
        #expect(result["l"] == [2, 3, 4, 5, 6, 7, 8] && result["new"] == ["a"])
        for wrong in [
            UpdateExpression(add: [.init("s", 1, isLegacy: true)]),
            UpdateExpression(delete: [.init("n", .stringSet(["cat"]), isLegacy: true)]),
        ] {
            #expect(throws: DocumentError.invalid("Type mismatch for attribute to update")) {
                try wrong.applied(to: Self.item, keyAttributes: ["id"])
            }
        }
    }

    @Test("attributes are set from a dictionary")
    func setting() throws {
        let update = UpdateExpression.set(["status": "APPROVED", "ttl": 5])
        #expect(
            try update.applied(to: ["id": "i"], keyAttributes: ["id"]) == ["id": "i", "status": "APPROVED", "ttl": 5])
        #expect(!update.onlyRemoves)
        #expect(try UpdateExpression("REMOVE a DELETE b :cat", values: [":cat": .stringSet(["cat"])]).onlyRemoves)
    }

    @Test("a projection keeps what its paths lead to")
    func projection() throws {
        var reader = ExpressionReader(names: ["#n": "n"])
        let paths = try reader.projection("#n, m.y.deep[1], l[5], l[0], missing, s.x, one[9]")
        #expect(try Self.item.projected(to: paths) == ["n": 5, "m": ["y": ["deep": [2]]], "l": [2, 7]])
        #expect(throws: DocumentError.self) { try Self.item.projected(to: ["m", DocumentPath("m", [.member("x")])]) }
    }
}
