import Testing

@testable import Objects

@Suite struct ObjectKeyRangeTests {
    @Test(
        "a key is in the range exactly when it starts with the prefix and lies behind the mark",
        arguments: ["", "a", "a/", "b", "%", "_", "é", "e\u{301}", "가", "\u{7F}", "\u{10FFFF}", "a\u{10FFFF}"],
        [nil, "", "a", "a/", "a/z", "b", "\u{10FFFF}", "é"])
    func contains(_ prefix: String, _ after: String?) throws {
        let range = ObjectKeyRange(prefix: prefix, after: after)
        for text in Self.keys {
            let starts = text.utf8.starts(with: prefix.utf8)
            let behind = after.map { $0.utf8.lexicographicallyPrecedes(text.utf8) } ?? true
            #expect(try range.contains(ObjectKey(text)) == (starts && behind), "\(text.debugDescription)")
        }
    }

    private static let keys = [
        "a", "a/", "a/b", "a/b/c", "a0", "ab", "b", "%", "%a", "_", "_a", "é", "éa", "e\u{301}", "e\u{301}a", "가", "가나",
        "각",
        "\u{7F}", "\u{80}", "\u{10FFFF}", "\u{10FFFF}a", "a\u{10FFFF}", "a\u{10FFFF}\u{10FFFF}", "\u{10FFFE}",
    ]

    @Test("the bytes behind a prefix: the last one that can grow does, and 0xFF has none behind it")
    func successor() {
        #expect(ObjectKeyRange.successor(ofPrefix: []) == nil)
        #expect(ObjectKeyRange.successor(ofPrefix: [0x61]) == [0x62])
        #expect(ObjectKeyRange.successor(ofPrefix: [0x61, 0xFF, 0xFF]) == [0x62])
        #expect(ObjectKeyRange.successor(ofPrefix: [0xFF, 0xFF]) == nil)
        #expect(ObjectKeyRange.successor(ofPrefix: [0x00]) == [0x01])
    }
}
