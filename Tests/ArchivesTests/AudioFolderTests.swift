import Archives
import Foundation
import Testing

@Suite struct AudioFolderTests {
    @Test("recordings have their sentence beside them, in folders within folders")
    func pairs() async throws {
        let folder = try Folder([
            "a.wav": "", "a.txt": "Hello\n there.\n", "class 1/b.FLAC": "", "class 1/b.lab": "BYE",
            "class 1/b.lab~": "no", "notes.md": "", ".hidden.wav": "",
        ])
        let items = try await folder.items()
        #expect(items.map(\.id) == ["a", "class 1/b"])
        #expect(items.compactMap(\.entry?.text) == ["Hello there.", "BYE"])
        #expect(items.compactMap(\.entry?.audio) == ["a.wav", "class 1/b.FLAC"])
    }

    @Test("names with dots in them keep their own texts")
    func dots() async throws {
        let folder = try Folder([
            "a.wav": "", "a.b.wav": "", "a.b.txt": "Dotted", "a.txt": "Plain", "a-b.wav": "", "a-b.txt": "Dashed",
        ])
        let items = try await folder.items()
        let texts = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.entry?.text) })
        #expect(texts == ["a": "Plain", "a.b": "Dotted", "a-b": "Dashed"])
    }

    @Test("what has no partner is told, and two recordings of one text are two")
    func partners() async throws {
        let folder = try Folder([
            "a.wav": "", "b.txt": "Alone", "c.wav": "", "c.mp3": "", "c.txt": "Shared", "d.wav": "", "d.txt": " \n",
        ])
        let items = try await folder.items()
        #expect(items.map(\.id) == ["a", "b.txt", "c.mp3", "c.wav", "d"])
        #expect(items.map { $0.entry == nil } == [true, true, false, false, true])
    }

    @Test("a text that is not UTF-8, or far too large, costs its recording")
    func texts() async throws {
        let folder = try Folder(["a.wav": "", "b.wav": "", "b.txt": String(repeating: "x", count: 70_000)])
        try folder.write([0x48, 0xE9], to: "a.txt")
        let reasons = try await folder.items().compactMap(\.reason)
        #expect(reasons.count == 2)
        #expect(reasons.first?.contains("UTF-8") == true)
        #expect(reasons.last?.contains("70000 bytes") == true)
    }

    @Test("links to folders are not followed, links in circles are told where they are read")
    func links() async throws {
        let folder = try Folder(["a.txt": "Hello"])
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: folder.path + "/a.wav", withDestinationPath: "a.wav")
        try manager.createSymbolicLink(atPath: folder.path + "/again", withDestinationPath: ".")
        let items = try await folder.items()
        #expect(items.map(\.id) == ["a"])
        let entry = try #require(items[0].entry)
        let bytes = try await AudioLoader(objects: nil).bytes(of: entry)
        #expect(throws: ArchiveError("a.wav cannot be read: Too many levels of symbolic links.")) { try bytes.get() }
    }

    @Test("pipes and folders in a recording's place do not hold up the run")
    func notFiles() async throws {
        let folder = try Folder(["a.txt": "Hello", "b.txt": "Hello", "b.wav/x": ""])
        #expect(mkfifo(folder.path + "/a.wav", 0o600) == 0)
        for item in try await folder.items() {
            let entry = try #require(item.entry)
            let bytes = try await AudioLoader(objects: nil).bytes(of: entry)
            #expect(throws: ArchiveError.self) { try bytes.get() }
        }
    }

    @Test("names are bytes: one that is not UTF-8 is told, two that look alike are two")
    func bytes() async throws {
        let folder = try Folder()
        for (name, text) in [("e\u{301}", "Apart"), ("\u{E9}", "Together")] {
            try folder.write([], to: name + ".wav")
            try folder.write(Array(text.utf8), to: name + ".txt")
        }
        try folder.write([], to: "b")
        let latin1 = Array(folder.path.utf8CString.dropLast()) + [0x2F, -0x17] + ".wav".utf8CString
        #expect(rename(folder.path + "/b", latin1) == 0)
        let items = try await folder.items()
        #expect(items.map { Array($0.id.utf8) } == ["e\u{301}", "\u{FFFD}.wav", "\u{E9}"].map { Array($0.utf8) })
        #expect(items.map { $0.entry?.text } == ["Apart", nil, "Together"])
        #expect(items[1].reason == "Its file's name is not UTF-8.")
    }
}
