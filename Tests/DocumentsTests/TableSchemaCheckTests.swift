import Documents
import SpeakModel
import Testing

@Suite struct TableSchemaCheckTests {
    private static let schema = TableSchema(
        name: "table", key: .init(partition: .init("p"), sort: .init("s", .binary)),
        indexes: [
            .init(name: "by-g", key: .init(partition: .init("g")), projection: .include(["a"])),
            .init(
                name: "by-l", key: .init(partition: .init("p"), sort: .init("l", .number)), projection: .all,
                isLocal: true),
        ])

    private static let item: Item = ["p": "x", "s": .binary([1])]
    private static let long = AttributeValue.string(String(repeating: "x", count: 2049))

    @Test(
        "an item that a table cannot hold is refused in DynamoDB's words",
        arguments: [
            (
                ["p": ""],
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                    + "empty string value. Key: p"
            ),
            (
                ["s": .binary([])],
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                    + "empty binary value. Key: s"
            ),
            (
                ["g": ""],
                "One or more parameter values are not valid. A value specified for a secondary index key is not "
                    + "supported. The AttributeValue for a key attribute cannot contain an empty string value. "
                    + "IndexName: by-g, IndexKey: g"
            ),
            (
                ["l": "x"],
                "One or more parameter values were invalid: Type mismatch for Index Key l Expected: N Actual: S "
                    + "IndexName: by-l"
            ),
            (
                ["p": long],
                "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit "
                    + "of2048 bytes"
            ),
            (
                ["s": .binary(Array(repeating: 0, count: 1025))],
                "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size "
                    + "limit of 1024 bytes"
            ),
        ] as [(Item, String)])
    func refused(_ change: Item, _ reason: String) {
        #expect(throws: DocumentError.invalid(reason)) { try Self.schema.check(Self.item.merging(change) { $1 }) }
    }

    @Test(
        "an update has words of its own for keys of indexes",
        arguments: [
            (
                ["g": ""],
                "One or more parameter values are not valid. The update expression attempted to update a secondary "
                    + "index key to a value that is not supported. The AttributeValue for a key attribute cannot "
                    + "contain an empty string value."
            ),
            (["g": 1], "The update expression attempted to update the secondary index key to unsupported type"),
            (
                ["g": long],
                "The update expression attempted to update the secondary index key to exceed the size limits"
            ),
        ] as [(Item, String)])
    func refusedUpdate(_ change: Item, _ reason: String) {
        #expect(throws: DocumentError.invalid(reason)) {
            try Self.schema.check(Self.item.merging(change) { $1 }, isUpdate: true)
        }
    }

    @Test("an item and what local indexes have of it are 400 KB together")
    func localIndexes() {
        func item(_ bytes: Int, _ more: Item = [:]) -> Item {
            Self.item.merging(more) { $1 }.merging(["a": .string(String(repeating: "x", count: bytes))]) { $1 }
        }
        #expect(throws: Never.self) { try Self.schema.check(item(300_000)) }
        #expect(throws: Never.self) { try Self.schema.check(item(300_000, ["g": "y"])) }
        #expect(throws: Never.self) { try Self.schema.check(item(200_000, ["l": 1])) }
        #expect(throws: DocumentError.invalid("Item size has exceeded the maximum allowed size")) {
            try Self.schema.check(item(300_000, ["l": 1]))
        }
    }

    @Test("an index projects its keys, the table's and what it was told")
    func projection() {
        let item: Item = ["p": "x", "s": .binary([1]), "g": "y", "a": 1, "b": 2]
        let expected: Item = ["p": "x", "s": .binary([1]), "g": "y", "a": 1]
        #expect(Self.schema.indexes[0].projected(item, of: Self.schema) == expected)
        #expect(Self.schema.indexes[1].projected(item, of: Self.schema) == item)
    }
}
