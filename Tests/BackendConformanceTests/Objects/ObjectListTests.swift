import Objects
import Testing

@Suite("objects: lists")
struct ObjectListTests {
    private let bucket = ObjectSamples.bucket

    private static let keys = [
        "a", "a/", "a/b", "a/b/c", "a0", "ab", "A", "b", "%", "%a", "%2f", "_", "_a", "ba", "é", "e\u{301}", "éa", "가",
        "가나", "각", "\u{7F}", "\u{80}", "ÿ", "ÿa", "Ā", "\u{FFFF}", "\u{FFFF}a", "😀", "\u{10FFFF}",
        "\u{10FFFF}\u{10FFFF}a",
        "a\u{10FFFF}", "*", "*a", "?",
    ]

    /// What a list must be, told without a store.
    private static func expected(prefix: String, after: String?) -> [String] {
        keys.filter { $0.utf8.starts(with: prefix.utf8) }
            .filter { key in after.map { $0.utf8.lexicographicallyPrecedes(key.utf8) } ?? true }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    @Test("a list has exactly the keys with the prefix, in the order of their bytes", arguments: Backend.that(.objects))
    func prefixes(_ backend: Backend) async throws {
        let harness = try await Harness.withBucket(backend)
        for key in Self.keys.shuffled() { try await harness.objects.putNamed(key) }
        let prefixes =
            [
                "", "a/", "e", "%", "%2", "_", "*", "?", "nothing", "\u{10FFFF}\u{10FFFF}",
                String(repeating: "a", count: 2000),
            ]
            + Self.keys
        for prefix in prefixes {
            for after in [nil, "", "a", "a/b", "a/b\0", "a\u{10FFFF}", "é", "\u{FFFF}", "\u{10FFFF}", "%"] {
                let found = try await harness.objects.list(prefix: prefix, after: after, limit: 1000, in: bucket)
                let expected = Self.expected(prefix: prefix, after: after)
                #expect(
                    found.map { Array($0.key.utf8) } == expected.map { Array($0.utf8) },
                    "prefix \(prefix.debugDescription) after \(after.debugDescription)")
            }
        }
    }

    @Test("pages of any size are the whole list, each object once", arguments: Backend.that(.objects), [1, 2, 7, 1000])
    func pages(_ backend: Backend, _ limit: Int) async throws {
        let harness = try await Harness.withBucket(backend)
        for key in Self.keys.shuffled() { try await harness.objects.putNamed(key) }
        var found: [String] = []
        // As many pages as there can be, and the empty one behind them.
        for _ in 0...Self.keys.count {
            let page = try await harness.objects.list(prefix: "", after: found.last, limit: limit, in: bucket)
            #expect(page.count <= limit)
            found += page.map(\.key)
        }
        #expect(found.map { Array($0.utf8) } == Self.expected(prefix: "", after: nil).map { Array($0.utf8) })
    }

    @Test("a page of nothing is empty, as is a list of an empty bucket", arguments: Backend.that(.objects), [0, -1])
    func nothing(_ backend: Backend, _ limit: Int) async throws {
        let harness = try await Harness.withBucket(backend)
        #expect(try await harness.objects.list(prefix: "", after: nil, limit: 10, in: bucket).isEmpty)
        try await harness.objects.putNamed("a")
        #expect(try await harness.objects.list(prefix: "", after: nil, limit: limit, in: bucket).isEmpty)
    }
}
