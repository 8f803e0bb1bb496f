import Testing
import XML

@Suite("XML documents")
struct XMLElementTests {
    private func parsed(_ text: String) throws(XMLFlaw) -> XMLElement { try XMLElement(parsing: Array(text.utf8)) }

    @Test("elements, text, references, CDATA and comments are read")
    func reads() throws {
        let root = try parsed(
            "\u{feff}<?xml version='1.0'?><!-- a --><s3:A xmlns:s3=\"x\"><B>1 &lt;&amp;&#x41;&#66;</B><C/>"
                + "<B a='>'><![CDATA[<x>]]></B><!-- b --></s3:A>\n")
        #expect(root.name == "A" && root.children.map(\.name) == ["B", "C", "B"])
        #expect(root.text("B") == "1 <&AB" && root.text("C") == "" && root.all("B").map(\.text) == ["1 <&AB", "<x>"])
    }

    @Test(
        "what is no document is refused, and so is a document type",
        arguments: [
            "", "text", "<a>", "<a></b>", "<a/><b/>", "<a>&x;</a>", "<a>&#0;</a>", "<a b></a>", "<a", "<a>&lt</a>",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a><b></a></b>", "<a>&#xD800;</a>", "<!-- ", "<a b='>",
            "</a>", "<a><![CDATA[x</a>", "<a>\u{0}</b>", "<>",
        ])
    func refuses(_ text: String) { #expect(throws: XMLFlaw.self) { try parsed(text) } }

    @Test("depth and number of elements have an end")
    func bounded() {
        #expect(throws: XMLFlaw.tooDeep) { try parsed(String(repeating: "<a>", count: 10_000)) }
        #expect(throws: XMLFlaw.tooLarge) { try parsed("<a>" + String(repeating: "<b/>", count: 200_000) + "</a>") }
    }

    @Test("bytes that are not UTF-8 are refused")
    func notText() {
        #expect(throws: XMLFlaw.self) { try XMLElement(parsing: Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) }
    }
}
