import Objects

/// Objects as the tests of this folder need them.
enum ObjectSamples {
    static let bucket = "speaktracker-audio"

    /// Keys that a careless store would take for a path, a pattern, a line or another key.
    static let awkwardKeys = [
        "a", "a/b", "a//b", "a/b/", "/", "//", "/a", ".", "..", "./a", "../../etc/passwd", "..\\..\\a", "C:\\a",
        "/etc/passwd", "~", "~/a", "-rf", "*", "%", "%2e%2e", "%2F", "_", "'; DROP TABLE objects; --", "\"", "$(a)",
        "a b",
        " ", "  ", "\t", "a\nb", "\r\n", "\u{1}", "\u{7F}", "a?b=c#d", "a+b", "문장 하나.mp3", "ㄴ", "🎙️/👩‍👩‍👧‍👦.ogg", "\u{E9}",
        "e\u{301}", "ÿ", "\u{202E}gpm.exe", "\u{FEFF}", "\u{FFFF}", "\u{10FFFF}", ".incoming", ".incoming/a", "con",
        "nul.txt",
        "A", "owner.lock", "speaktracker.sqlite", String(repeating: "k", count: 1024),
        String(repeating: "/", count: 1024), String(repeating: "가", count: 341) + "b",
        String(repeating: "../", count: 341) + "a", String(repeating: "a.", count: 510) + "mpeg",
    ]

    /// Bytes in which no page is like the next: a random block over and over, of a length that fits no page.
    static func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count { bytes += block.prefix(count - bytes.count) }
        return bytes
    }

    private static let block: [UInt8] = {
        var state: UInt64 = 1
        return (0..<10_007).map { _ in
            // Knuth's MMIX generator; its high bits are the good ones.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }()
}

extension ObjectStore {
    /// Puts an object whose bytes are those of its key.
    @discardableResult
    func putNamed(_ key: String) async throws -> ObjectInfo {
        try await put(Array(key.utf8), at: key, in: ObjectSamples.bucket, contentType: "text/plain")
    }
}

extension Harness {
    /// The objects, with a bucket for them.
    static func withBucket(_ backend: Backend) async throws -> Harness {
        let harness = try await backend.make()
        try await harness.objects.createBucket(ObjectSamples.bucket)
        return harness
    }
}
