import Objects
import Testing

@testable import EmbeddedBackend

@Suite("embedded objects: file names")
struct BodyNameTests {
    typealias BodyName = EmbeddedObjectStore.BodyName

    private static let id = "0123456789abcdef0123456789abcdef"
    private static let random: UInt128 = 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef

    @Test(
        "a file is named for the key's last part, as far as that is plain",
        arguments: [
            ("word.mp3", "word", ".mp3"), ("tts/s-1/0.ogg", "0", ".ogg"), ("a/b/", "b", ""),
            ("no ending", "no-ending", ""),
            ("two..dots.wav", "two-dots", ".wav"), ("archive.tar.gz", "archive-tar", ".gz"),
            ("문장 2.flac", "2", ".flac"),
            ("문장.mp3", "object", ".mp3"), (".mp3", "object", ".mp3"), ("a.", "a", ""), ("a.문", "a", ""),
            ("a.ninechars", "a-ninechars", ""), ("/", "object", ""), ("..", "object", ""),
            ("../../etc/passwd", "passwd", ""),
            ("-rf", "rf", ""), ("--", "object", ""), ("a\nb\0".replacing("\0", with: ""), "a-b", ""),
            ("snake_case", "snake_case", ""),
            ("..\\..\\a.exe", "a", ".exe"), ("a.m p", "a-m-p", ""), ("\u{202E}gpm.exe", "gpm", ".exe"),
        ])
    func names(_ key: String, _ slug: String, _ ending: String) throws {
        let name = BodyName(for: try ObjectKey(key), random: Self.random)
        #expect(name.path == "01/\(slug)-\(Self.id)\(ending)")
    }

    @Test("a name is short enough for any file system, whatever the key's length")
    func length() throws {
        let key = String(repeating: "k", count: 1015) + ".longmpeg"
        #expect(BodyName(for: try ObjectKey(key)).file.utf8.count == 56 + 1 + 32 + 1 + 8)
    }

    @Test("small random numbers have all their digits")
    func padding() throws {
        let name = BodyName(for: try ObjectKey("a"), random: 10)
        #expect(name.path == "00/a-0000000000000000000000000000000a")
    }

    @Test("a name is new for every put")
    func unique() throws {
        let key = try ObjectKey("a")
        #expect(Set((0..<1000).map { _ in BodyName(for: key) }).count == 1000)
    }

    @Test("a name is read back from its path", arguments: ["word.mp3", "문장", "/", "a-b-c.tar.gz"])
    func roundTrip(_ key: String) throws {
        let name = BodyName(for: try ObjectKey(key))
        #expect(BodyName(path: name.path) == name)
    }

    @Test(
        "what this store has not named is no name, least of all a way out of the folder",
        arguments: [
            "", "/", "a", "01", "01/", "01/notes.txt", "01/\(id)", "02/a-\(id)", "0/a-\(id)", "01/a-\(id.dropLast())",
            "../a-\(id)", "01/../a-\(id)", "../01/a-\(id)", "01/a-..\(id.dropFirst(2))", "/01/a-\(id)", "01//a-\(id)",
        ])
    func foreign(_ path: String) {
        #expect(BodyName(path: path) == nil)
    }
}
