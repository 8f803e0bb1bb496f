import Testing
import XML

@Suite("documents of answers")
struct XMLWriterTests {
    @Test("what is written is read back", arguments: ["", " a ", "<&>\"'", "한\u{fffd}é", "\u{e000}"])
    func writes(_ text: String) throws {
        var writer = XMLWriter()
        writer.root("A") { $0.element("B", text) }
        #expect(try XMLElement(parsing: Array(writer.text.utf8)).text("B") == text)
    }

    @Test("a tree is written as it was read, whatever its texts hold")
    func trees() throws {
        let inner = XMLElement(name: "Filter", children: [XMLElement(name: "Prefix", text: "a&b<c>/")])
        let tree = XMLElement(name: "Rule", children: [XMLElement(name: "ID", text: "one & only"), inner])
        let read = try XMLElement(parsing: Array(tree.documentText.utf8))
        #expect(read.text("ID") == "one & only")
        #expect(read["Filter"]?.text("Prefix") == "a&b<c>/")
    }
}
