import Objects
import Testing

@Suite struct ObjectKeyTests {
    @Test(
        "a key may be any text, dangerous paths included",
        arguments: [
            "a", "/", ".", "..", "../../etc/passwd", "a//b", " ", "\n", "%2e%2e", "문장.mp3", "🎙️", "\u{FFFF}",
            String(repeating: "a", count: 1024), String(repeating: "é", count: 512),
        ])
    func good(_ text: String) throws {
        #expect(try ObjectKey(text).utf8.elementsEqual(text.utf8))
    }

    @Test(
        "an empty key, one of more than 1,024 bytes and one with a NUL are refused",
        arguments: [
            ("", "is empty"), (String(repeating: "a", count: 1025), "has 1025 bytes"),
            (String(repeating: "a", count: 1023) + "é", "has 1025 bytes"), ("a\0b", "NUL"), ("\0", "NUL"),
        ])
    func bad(_ text: String, _ reason: String) {
        let error = #expect(throws: ObjectError.self) { try ObjectKey(text) }
        #expect(error?.label == "bad_key")
        #expect(error?.description.contains(reason) == true)
    }

    @Test("keys are as different as their bytes: composed and decomposed letters name two objects")
    func canonicalEquivalence() throws {
        let composed = try ObjectKey("\u{E9}")
        let decomposed = try ObjectKey("e\u{301}")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(decomposed < composed)
    }

    @Test("keys are ordered by their bytes, not by alphabet or UTF-16")
    func order() throws {
        let inOrder = ["/", "A", "B", "a", "a/b", "a0", "b", "é", "가", "\u{FF5E}", "😀"]
        #expect(try inOrder.shuffled().map { try ObjectKey($0) }.sorted().map(\.text) == inOrder)
    }
}
