import Archives
import Testing

@Suite struct KaldiFolderTests {
    @Test("recordings, texts and speakers meet by id, whatever their order")
    func recordings() async throws {
        let folder = try Folder([
            "wav.scp": "b b.flac\na /x/a.wav\n\n", "text": "a HELLO  THERE\nb BYE\n", "utt2spk": "a s1\nb s2\n",
        ])
        let items = try await folder.items()
        #expect(items.compactMap(\.entry?.id) == ["b", "a"])
        #expect(items.compactMap(\.entry?.text) == ["BYE", "HELLO  THERE"])
        #expect(items.compactMap(\.entry?.speaker) == ["s2", "s1"])
        #expect(items.compactMap(\.entry?.place) == [.file(path: folder.path + "/b.flac"), .file(path: "/x/a.wav")])
    }

    @Test("commands, archives, missing texts and lines that are not UTF-8 are told by their ids")
    func refusals() async throws {
        let folder = try Folder(["wav.scp": "a sph2pipe -f wav a.sph |\nb x.ark:17\nc c.wav\nd\ne e.wav\n"])
        try folder.write(Array("a A\nb B\nd D\ne ".utf8) + [0xFF, 0x0A], to: "text")
        let reasons = try await folder.items().map { $0.reason ?? "" }
        for (reason, word) in zip(reasons, ["command", "archive", "No text", "No audio", "UTF-8"]) {
            #expect(reason.contains(word))
        }
    }

    @Test("segments are parts of recordings")
    func segments() async throws {
        let folder = try Folder([
            "wav.scp": "r1 r1.wav\n", "text": "u1 HELLO\nu2 BYE\nu3 X\nu4 X\n", "utt2spk": "u1 s1\n",
            "segments": "u1 r1 0.50 1.25\nu2 r1 1.25 3\nu3 r9 0 1\nu4 r1 2 1\n",
        ])
        let items = try await folder.items()
        #expect(items.map { $0.entry?.spanInMilliseconds } == [500..<1250, 1250..<3000, nil, nil])
        #expect(items[0].entry?.speaker == "s1")
        #expect(items[2].reason?.contains("r9") == true)
        #expect(items[3].reason?.contains("segments") == true)
    }

    @Test("without texts the folder is refused as a whole")
    func noTexts() async throws {
        let folder = try Folder(["wav.scp": "a a.wav\n"])
        await #expect(throws: ArchiveError.self) { try await folder.items() }
    }
}
