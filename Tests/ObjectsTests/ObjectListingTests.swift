import Objects
import SpeakModel
import TestSupport
import Testing

@Suite("pages of a listing")
struct ObjectListingTests {
    private static func info(_ key: String) -> ObjectInfo {
        ObjectInfo(
            key: key, bytes: 0, contentType: "", metadata: [:], etag: "", modifiedAt: Timestamp(milliseconds: 0))
    }

    /// What one page after another finds of these keys.
    private func pages(
        _ keys: [String], prefix: String, delimiter: String, limit: Int
    ) async throws -> (names: [String], reads: Int) {
        var (names, reads, after) = ([String](), 0, String?.none)
        while true {
            let page = try await ObjectListing(prefix: prefix, delimiter: delimiter, after: after, limit: limit) {
                range, limit in
                reads += 1
                return try keys.filter { range.contains(try ObjectKey($0)) }.prefix(limit).map(Self.info)
            }
            names += page.entries.map(\.name)
            #expect(page.entries.count <= limit)
            guard page.isTruncated else { return (names, reads) }
            after = page.entries.last?.name
        }
    }

    @Test("pages of any size have what one page has, each entry once", arguments: 1...40)
    func paged(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let parts = ["a", "b", "/", "//", "é", "\u{10FFFF}"]
        let keys = Set(
            (0..<30).map { _ in
                (0..<Int.random(in: 1...5, using: &random)).map { _ in
                    parts[Int.random(in: 0..<parts.count, using: &random)]
                }.joined()
            }
        ).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for (prefix, delimiter) in [
            ("", ""), ("", "/"), ("a", "/"), ("a/", "/"), ("", "b"), ("\u{10FFFF}", "\u{10FFFF}"),
        ] {
            let whole = try await pages(keys, prefix: prefix, delimiter: delimiter, limit: 1000).names
            #expect(Set(whole).count == whole.count)
            for limit in [1, 2, 7] {
                #expect(try await pages(keys, prefix: prefix, delimiter: delimiter, limit: limit).names == whole)
            }
        }
    }

    @Test("what lies within a common prefix is passed, not read")
    func economical() async throws {
        let keys = (0..<20_000).map { "a/\($0)" }.sorted() + ["b"]
        let found = try await pages(keys, prefix: "", delimiter: "/", limit: 1000)
        #expect(found.names == ["a/", "b"] && found.reads == 2)
    }

    @Test("a page of nothing is empty")
    func nothing() async throws {
        let page = try await ObjectListing(prefix: "", delimiter: "", after: nil, limit: 0) { _, _ in [Self.info("a")] }
        #expect(page.entries.isEmpty && !page.isTruncated)
    }
}
