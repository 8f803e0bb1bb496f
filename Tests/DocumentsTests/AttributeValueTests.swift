import Documents
import JSON
import Testing

@Suite struct AttributeValueTests {
    private static let row: Item = [
        "job_id": "j-1", "ttl": .number(1_737_700_000), "websocket_sent": true, "room": .null,
        "words": [["text": "hello", "accuracy_score": 87], "world"],
        "audio": .binary([0, 1, 254, 255]), "sent_via": .stringSet(["websocket", "email"]),
        "scores": .numberSet([DocumentNumber(1), DocumentNumber(20)]), "hashes": .binarySet([[1], [0, 2]]),
    ]

    private static let text = """
        {"audio":{"B":"AAH+/w=="},"hashes":{"BS":["AAI=","AQ=="]},"job_id":{"S":"j-1"},"room":{"NULL":true},\
        "scores":{"NS":["1","20"]},"sent_via":{"SS":["email","websocket"]},"ttl":{"N":"1737700000"},\
        "websocket_sent":{"BOOL":true},"words":{"L":[{"M":{"accuracy_score":{"N":"87"},"text":{"S":"hello"}}},{"S":"world"}]}}
        """

    @Test("every type is written as DynamoDB writes it, and read again")
    func json() throws {
        #expect(Self.row.json.text == Self.text)
        #expect(try Item(json: JSONValue(parsing: Self.text)) == Self.row)
    }

    @Test("ordinary JSON becomes the values that hold it")
    func plain() throws {
        let json: JSONValue = ["a": ["x", 1, .number("-2.50"), true, .null], "b": ["c": "d"], "e": []]
        let expected: Item = [
            "a": ["x", 1, .number(try DocumentNumber(parsing: "-2.5")), true, .null], "b": ["c": "d"], "e": [],
        ]
        #expect(try AttributeValue(plain: json) == .map(expected))
        #expect(try Item(plain: json.object ?? [:]) == expected)
        #expect(throws: DocumentNumberError.self) { try AttributeValue(plain: [.number("1e999")]) }
    }

    @Test(
        "what is no DynamoDB JSON is refused",
        arguments: [
            #"{}"#, #"5"#, #"{"S":5}"#, #"{"N":5}"#, #"{"N":"five"}"#, #"{"N":"1e126"}"#, #"{"S":"a","N":"1"}"#,
            #"{"X":"a"}"#,
            #"{"B":"not base64!"}"#, #"{"BOOL":"true"}"#, #"{"NULL":false}"#, #"{"SS":[]}"#, #"{"NS":[]}"#,
            #"{"BS":[]}"#,
            #"{"SS":["a","a"]}"#, #"{"NS":["1","1.0"]}"#, #"{"BS":["AA==","AA=="]}"#, #"{"SS":[1]}"#, #"{"L":{}}"#,
            #"{"M":[]}"#, #"{"M":{"a":"b"}}"#,
        ])
    func refused(_ text: String) throws {
        let json = try JSONValue(parsing: text)
        #expect { try AttributeValue(json: json) } throws: { error in
            guard case DocumentError.invalid(let reason) = error else { return false }
            return !reason.isEmpty
        }
    }

    @Test(
        "sets that cannot be are refused in DynamoDB's words",
        arguments: [
            (
                #"{"SS":["a","b","a"]}"#,
                "One or more parameter values were invalid: Input collection [a, b, a] contains duplicates."
            ),
            (#"{"NS":["1","1.0"]}"#, "Input collection contains duplicates"),
            (
                #"{"BS":["YQ==","YQ=="]}"#,
                "One or more parameter values were invalid: Input collection [YQ==, YQ==]of type BS contains duplicates."
            ),
            (#"{"SS":[]}"#, "One or more parameter values were invalid: An string set  may not be empty"),
            (#"{"NS":[]}"#, "One or more parameter values were invalid: An number set  may not be empty"),
            (#"{"BS":[]}"#, "One or more parameter values were invalid: Binary sets should not be empty"),
            (
                #"{"X":"a"}"#,
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
            ),
        ])
    func reasons(_ text: String, _ reason: String) throws {
        let json = try JSONValue(parsing: text)
        #expect(throws: DocumentError.invalid(reason)) { try AttributeValue(json: json) }
    }

    @Test("lists and maps lie at most 32 deep in each other")
    func nesting() throws {
        func nested(_ depth: Int) -> AttributeValue {
            (0..<depth).reduce("leaf") { value, level in level.isMultiple(of: 2) ? [value] : ["m": value] }
        }
        #expect(try AttributeValue(json: nested(32).json) == nested(32))
        #expect(throws: DocumentError.self) { try AttributeValue(json: nested(33).json) }
        #expect(throws: Never.self) { try ["a": nested(32)].validate() }
        #expect(throws: DocumentError.invalid("Nesting Levels have exceeded supported limits")) {
            try ["a": nested(33)].validate()
        }
    }

    @Test("empty sets are refused wherever they lie")
    func emptySets() {
        for value in [AttributeValue.stringSet([]), [.numberSet([])], ["deep": [.binarySet([])]]] {
            #expect(throws: DocumentError.self) { try ["a": value].validate() }
        }
        #expect(throws: Never.self) { try ["a": "", "b": [], "c": .binary([]), "d": .map([:])].validate() }
        #expect(throws: DocumentError.self) { try ["": "nameless"].validate() }
    }

    @Test(
        "sizes are those that DynamoDB counts",
        arguments: [
            ("héllo", 6), (.number(5), 2), (.number(-12345), 5), (.binary([1, 2, 3]), 3), (true, 1), (.null, 1),
            ([], 3),
            (["ab", 1], 9), (["k": "v"], 6), (.stringSet(["ab", "c"]), 3),
        ] as [(AttributeValue, Int)])
    func sizes(_ value: AttributeValue, _ bytes: Int) {
        #expect(value.sizeInBytes == bytes)
    }

    @Test("an item has at most 400 KB, names included")
    func itemSize() {
        func item(_ bytes: Int) -> Item { ["name": .string(String(repeating: "x", count: bytes - 4))] }
        #expect(item(409_600).sizeInBytes == 409_600)
        #expect(throws: Never.self) { try item(409_600).validate() }
        #expect(throws: DocumentError.self) { try item(409_601).validate() }
    }

    @Test("strings are equal when their bytes are")
    func equality() throws {
        let (composed, decomposed) = (AttributeValue.string("\u{AC00}"), AttributeValue.string("\u{1100}\u{1161}"))
        #expect(composed != decomposed)
        #expect(AttributeValue.number(1) == .number(try DocumentNumber(parsing: "1.00")))
        #expect(AttributeValue.string("1") != 1)
        #expect(AttributeValue.list([]) != .map([:]))
    }
}
