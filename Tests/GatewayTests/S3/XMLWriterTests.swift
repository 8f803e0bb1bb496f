import Testing
import XML

@testable import Gateway

@Suite("documents of answers")
struct XMLWriterTests {
    @Test("what is written is read back", arguments: ["", " a ", "<&>\"'", "한\u{fffd}é", "\u{e000}"])
    func writes(_ text: String) throws {
        var writer = XMLWriter()
        writer.root("A") { $0.element("B", text) }
        #expect(try XMLElement(parsing: Array(writer.text.utf8)).text("B") == text)
    }
}
