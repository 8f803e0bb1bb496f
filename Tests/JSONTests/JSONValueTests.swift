import JSON
import Testing

@Suite struct JSONValueTests {
    @Test(
        "a document survives reading and writing",
        arguments: [
            #"{"a":[1,-2.50,3e+7,true,false,null],"b":{"c":"d"}}"#, "[]", "{}", #""""#, "0", "-0", "1e-130",
            "99999999999999999999999999999999999999",
        ])
    func roundTrip(_ text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test("strings are unescaped and escaped again")
    func escapes() throws {
        let value = try JSONValue(parsing: #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 물""#)
        #expect(value.string == "\"\\/\u{8}\u{c}\n\r\té😀 물")
        #expect(try JSONValue(parsing: value.text) == value)
    }

    @Test("what needs no escape stays as it is around what does")
    func escapesInPlace() {
        #expect(JSONValue.string("\"a\\물\n").text == #""\"a\\물\n""#)
        #expect(JSONValue.string("a\u{1}b\"\"c").text == #""a\u0001b\"\"c""#)
    }

    @Test(
        "what is not JSON is refused with its place",
        arguments: [
            ("", 0), ("{", 1), ("[1,]", 3), ("01", 1), ("1.", 2), ("-", 1), ("1e", 2), ("tru", 3), ("nul1", 3),
            (#""a"#, 2),
            (#"{"a" 1}"#, 5), (#"{a:1}"#, 1), ("[1 2]", 3), ("1 2", 2), (#""\x""#, 3), (#""\ud800""#, 7), ("\"\n\"", 1),
            ("+1", 0),
            ("NaN", 0), (#""\u12g4""#, 5),
        ])
    func malformed(_ text: String, _ offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.offset == offset)
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
    }

    @Test("nesting is bounded, so no document can overflow the stack")
    func depth() throws {
        let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(throws: Never.self) { try JSONValue(parsing: deep(128)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: deep(129)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: deep(1_000_000)) }
    }

    @Test("numbers are read as what they are")
    func numbers() throws {
        #expect(try JSONValue(parsing: "12").int == 12)
        #expect(try JSONValue(parsing: "1.5").int == nil)
        #expect(try JSONValue(parsing: "1.5").double == 1.5)
        #expect(try JSONValue(parsing: "1e999").double == nil)
        #expect(JSONValue.number(3.0).text == "3")
        #expect(JSONValue.number(0.25).text == "0.25")
    }

    @Test("members are written in the order of their names, indented for people")
    func pretty() {
        let value: JSONValue = ["b": [1, [:]], "a": []]
        #expect(value.text == #"{"a":[],"b":[1,{}]}"#)
        #expect(value.prettyText == "{\n  \"a\": [],\n  \"b\": [\n    1,\n    {}\n  ]\n}")
    }

    @Test("control characters never leave unescaped")
    func control() throws {
        let text = String(decoding: (0..<0x20).map { UInt8($0) } + [0x7F], as: UTF8.self)
        let written = JSONValue.string(text).utf8
        #expect(written.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(try JSONValue(parsing: written).string == text)
    }
}
