import Documents
import Testing

@Suite struct ConditionTests {
    private static let item: Item = [
        "n": 5, "s": "cat", "b": .binary([1, 2, 3]), "t": true, "z": .null, "l": ["dog", 7, ["x"]],
        "m": ["x": 1, "y": [-1, 2, 0]], "ss": .stringSet(["a", "b"]),
        "ns": .numberSet([DocumentNumber(1), DocumentNumber(2)]), "bs": .binarySet([[1], [2]]), "five": 5, "empty": "",
        "ko": "가나",
    ]

    private static let values: Item = [
        ":five": 5, ":six": 6, ":cat": "cat", ":dog": "dog", ":ca": "ca", ":empty": "", ":text5": "5", ":true": true,
        ":null": .null, ":bytes": .binary([1, 2]), ":one": 1, ":two": 2, ":three": 3, ":seven": 7, ":x": ["x"],
        ":N": "N",
        ":SS": "SS", ":NULL": "NULL", ":a": "a", ":ab": .stringSet(["b", "a"]), ":byte": .binary([2]),
    ]

    /// Evaluates an expression, giving it those of the values that it uses.
    private func holds(_ expression: String, for item: Item? = ConditionTests.item) throws -> Bool {
        let used = Set(expression.matches(of: #/:\w+/#).map { String($0.output) })
        return try Condition(expression, values: Self.values.filter { used.contains($0.key) }).holds(for: item)
    }

    @Test(
        "these hold",
        arguments: [
            "n = :five", "five = n", "n <> :six", "s = :cat", "t = :true", "z = :null", "ss = :ab", "l[2] = :x",
            // Another type is another value; a missing attribute is unequal to everything, even to another.
            "n <> :text5", "missing <> :five", "missing <> gone", "m.nothing <> :one",
            "n < :six", "n <= :five", "n > :two", "n >= :five", ":six > n", "s < :dog", "b > :bytes", "m.x < m.y[1]",
            "n BETWEEN :five AND :six", "n between :five and five", "s BETWEEN :ca AND :dog",
            "n IN (:one, :five)", "s IN (:cat)", "n in (m.x, five)",
            "attribute_exists(n)", "attribute_exists(m.y[2])", "attribute_not_exists(m.q)",
            "attribute_not_exists(l[3])",
            "attribute_type(n, :N)", "attribute_type(ss, :SS)", "attribute_type(z, :NULL)",
            "begins_with(s, :ca)", "begins_with(s, :empty)", "begins_with(b, :bytes)",
            "contains(s, :a)", "contains(s, :empty)", "contains(b, :byte)", "contains(ss, :a)", "contains(ns, :one)",
            "contains(bs, :byte)", "contains(l, :seven)", "contains(l, :x)",
            "size(s) = :three", "size(l) = :three", "size(ss) = :two", "size(m) = :two", "size(b) = :three",
            "size(ko) = :six", "size(s) < n", "size(missing) <> :one",
            // NOT before AND before OR.
            "n = :five OR n = :six AND s = :dog", "NOT n = :six AND s = :cat", "not (n = :six and s = :cat)",
            "(n = :six OR n = :five) AND (s = :dog OR s = :cat)", "NOT NOT n = :five",
        ])
    func holding(_ expression: String) throws {
        #expect(try holds(expression))
    }

    @Test(
        "these do not hold",
        arguments: [
            "n = :text5", "missing = :five", "missing = gone", "n <> :five", "n <> five",
            "n < :text5", "n >= :text5", "missing < :five", ":five >= missing", "missing BETWEEN :five AND :six",
            "t > n",
            "l > n", "n BETWEEN :six AND :seven", "n BETWEEN l AND m", "n IN (:text5, missing)",
            "attribute_exists(missing)", "attribute_exists(n.x)", "attribute_exists(l.x)", "attribute_exists(m[0])",
            "attribute_type(n, :SS)", "attribute_type(missing, :NULL)", "begins_with(s, :dog)", "begins_with(n, :ca)",
            "begins_with(missing, :ca)", "contains(s, :five)", "contains(ss, :ca)", "contains(l, :cat)",
            "contains(n, :five)", "contains(missing, :a)", "size(n) = :one", "size(t) = :one", "size(z) = :one",
            "size(s) = :cat", "NOT n = :five", "(n = :five OR n = :six) AND s = :dog",
        ])
    func failing(_ expression: String) throws {
        #expect(try !holds(expression))
    }

    @Test("an absent item has no attributes")
    func absent() throws {
        #expect(try holds("attribute_not_exists(n)", for: nil))
        #expect(try holds("n <> :five", for: nil))
        #expect(try !holds("n = :five", for: nil))
        #expect(try !holds("attribute_exists(n)", for: nil))
    }

    @Test("conditions are built as they are read")
    func building() throws {
        let built: Condition =
            .notExists("job_id") || .compare("status", .notEqual, "COMPLETED") && !.beginsWith("job_id", "x")
        let read = try Condition(
            "attribute_not_exists(job_id) OR #s <> :done AND NOT begins_with(job_id, :x)", names: ["#s": "status"],
            values: [":done": "COMPLETED", ":x": "x"])
        #expect(built == read)
        let both: Condition = .equals("a", 1) && .between("b", 1, 2) && .isIn("c", [1, 2])
        #expect(
            try both
                == Condition(
                    "a = :1 AND b BETWEEN :1 AND :2 AND c IN (:1, :2)", values: [":1": 1, ":2": 2]))
    }

    @Test(
        "conditions that can never hold are refused",
        arguments: [
            "n < :x", ":true >= n", "n BETWEEN :x AND :x", "n BETWEEN :six AND :five", "n BETWEEN :five AND :dog",
            "begins_with(s, :five)", "begins_with(:five, s)", "attribute_type(n, :dog)", "attribute_type(n, :five)",
        ])
    func refused(_ expression: String) {
        #expect(throws: DocumentError.self) { try holds(expression) }
    }
}
