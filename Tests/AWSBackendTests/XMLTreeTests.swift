import Testing

@testable import AWSBackend

@Suite("XML answers")
struct XMLTreeTests {
    private func tree(_ text: String) throws -> XMLTree { try XMLTree(parsing: Array(text.utf8)) }

    @Test("elements, texts and references are read, whatever is between")
    func reading() throws {
        let tree = try tree(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- a > b -->
            <List xmlns="http://s3.amazonaws.com/doc/2006-03-01/" note='a>b'><Name>a&amp;b&#x41;&#10;</Name>
            <c:Contents><Key><![CDATA[<&>]]></Key></c:Contents><Contents><Key>가</Key></Contents><Empty/></List>
            """)
        #expect(tree.name == "List")
        #expect(tree.text("Name") == "a&bA\n")
        #expect(tree.all("Contents").map { $0.text("Key") } == ["<&>", "가"])
        #expect(tree.text("Empty") == "")
        #expect(tree.text("None") == nil)
    }

    @Test(
        "what is no XML is refused",
        arguments: [
            "", "text", "<", "<a", "<a>", "<a></b>", "</a>", "<a><b></a></b>", "<a>&none;</a>", "<a>&#xD800;</a>",
            "<a>&amp</a>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<>a</>", "<!-- ", "<a b='>",
            String(repeating: "<a>", count: 40) + String(repeating: "</a>", count: 40),
        ])
    func refused(_ text: String) { #expect(throws: XMLError.self) { try tree(text) } }

    @Test("bytes that are not UTF-8 are refused")
    func notText() {
        #expect(throws: XMLError.self) { try XMLTree(parsing: Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) }
    }
}
