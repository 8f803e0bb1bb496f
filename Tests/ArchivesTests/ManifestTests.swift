import Archives
import Testing

@Suite struct ManifestTests {
    @Test("a CSV's fields may hold commas, quotes and line breaks, under columns in any order")
    func quoting() async throws {
        let folder = try Folder([
            "a.csv": "text,ID,audio,note\r\n\"He said \"\"no\"\",\r\nthen left.\",a,a.wav,x\r\n"
                + "plain \"inner\",b,b.wav,\r\n"
        ])
        let items = try await folder.items("a.csv")
        #expect(items.compactMap(\.entry?.text) == ["He said \"no\",\nthen left.", "plain \"inner\""])
        #expect(items.map(\.id) == ["a", "b"])
        #expect(items[0].entry?.place == .file(path: folder.path + "/a.wav"))
    }

    @Test("a quote that never ends costs its own line")
    func openQuote() async throws {
        let folder = try Folder(["a.csv": "id,audio,text\na,a.wav,\"Hello\nb,b.wav,Good morning\nc,c.wav,Bye\n"])
        let items = try await folder.items("a.csv")
        #expect(items.map(\.id) == ["row 2", "b", "c"])
        #expect(items[0].reason?.contains("never ends") == true)
        #expect(items[1].entry?.text == "Good morning")
    }

    @Test("a quote that was forgotten costs its own line, not the quoted field behind it")
    func quoteWithin() async throws {
        let folder = try Folder(["a.csv": "id,audio,text\na,a.wav,\"Hello\nb,b.wav,\"Good morning\"\nc,c.wav,Bye\n"])
        let items = try await folder.items("a.csv")
        #expect(items.map(\.id) == ["row 2", "b", "c"])
        #expect(items[0].reason?.contains("other text") == true)
        #expect(items[1].entry?.text == "Good morning")
    }

    @Test("a line that is not UTF-8 costs itself", arguments: ["a.csv", "a.tsv"])
    func badLine(_ name: String) async throws {
        let tab = name.hasSuffix("tsv") ? "\t" : ","
        let folder = try Folder()
        let rows = ["id,audio,text", "a,a.wav,Hello"].map { $0.replacing(",", with: tab) }.joined(separator: "\n")
        try folder.write(
            [0xEF, 0xBB, 0xBF] + Array("\(rows)\nb\(tab)b.wav\(tab)".utf8) + [0xE9, 0x0A]
                + Array("c\(tab)c.wav\(tab)Bye".utf8), to: name)
        let items = try await folder.items(name)
        #expect(items.map { $0.entry?.id } == ["a", nil, "c"])
        #expect(items[1] == .problem(id: "row 3", reason: "Its line is not UTF-8."))
    }

    @Test("between tabs quotes are text, unless a spreadsheet set them around a field")
    func tabs() async throws {
        let folder = try Folder([
            "a.tsv": "id\taudio\ttext\na\ta.wav\t\"Stop\" he said\nb\tb.wav\t\"Say \"\"yes\"\", please\"\n"
        ])
        #expect(
            try await folder.items("a.tsv").compactMap(\.entry?.text) == ["\"Stop\" he said", "Say \"yes\", please"])
    }

    @Test("a manifest without its columns is refused as a whole")
    func columns() async throws {
        let folder = try Folder(["a.csv": "id,file\na,b\n", "b.csv": ""])
        for name in ["a.csv", "b.csv"] {
            await #expect(throws: ArchiveError.self) { try await folder.items(name) }
        }
    }

    @Test("an id that is there before gets a line of its own that says so, however often")
    func repeats() async throws {
        let folder = try Folder(["a.csv": "audio,text\na.wav,Hello\na.wav,Hello\na.wav,Hello\n"])
        #expect(try await folder.items("a.csv").map(\.id) == ["a.wav", "a.wav#2", "a.wav#3"])
    }

    @Test("an id that is made up is nobody's own")
    func madeUp() async throws {
        let rows = ["a", "a#2", "a", "a", "a#3"].map { "\($0),\($0).wav,Hello\n" }
        let folder = try Folder(["a.csv": "id,audio,text\n" + rows.joined()])
        let items = try await folder.items("a.csv")
        #expect(items.map(\.id) == ["a", "a#2", "a#3", "a#4", "a#3#2"])
        #expect(items.map { $0.entry != nil } == [true, true, false, false, false])
    }

    @Test("numbers name recordings and speakers as they are written; what names nothing is told")
    func numbers() async throws {
        let folder = try Folder([
            "a.jsonl": """
            {"id":17,"audio":"a.wav","text":"Hello","speaker":4,"timestamp":2026}
            {"id":[1],"audio":"b.wav","text":"Hello"}
            {"id":null,"audio":"c.wav","text":"Hello","transcribed_text":"Hallo"}
            """
        ])
        let items = try await folder.items("a.jsonl")
        #expect(items.map(\.id) == ["17", "b.wav", "c.wav"])
        #expect(items[0].entry?.speaker == "4" && items[0].entry?.timestamp == "2026")
        #expect(items[1].reason == "Its id is neither text nor a number.")
        #expect(items[2].entry?.transcript == "Hallo")
    }

    @Test("JSON lines tell of speakers, times, parts, rows and objects")
    func jsonLines() async throws {
        let folder = try Folder([
            "a.jsonl": """
            {"id":"a","audio":"a.wav","text":"Hello","speaker":"s1","timestamp":"2026-01-05T03:00:00Z"}

            {"s3key":"recordings/b.wav","text":"Hi","student_email":"s@example.com","timestamp":"2026-01-05T03:00:00Z"}
            {"id":"c","audio":"s3://other/c.wav","text":"Bye","start_ms":500,"end_ms":1500}
            {"id":"d","audio":"d.wav","text":"Bye","start_ms":1500,"end_ms":1500}
            {"id":"e","error":"It was lost."}
            {"id":"f","audio":"f.wav","text":" "}
            not JSON
            """
        ])
        let items = try await folder.items("a.jsonl")
        #expect(items.map(\.id) == ["a", "recordings/b.wav", "c", "d", "e", "f", "line 8"])
        #expect(items[0].entry?.speaker == "s1")
        #expect(items[0].entry?.row == nil)
        #expect(items[1].entry?.place == .object(key: "recordings/b.wav", bucket: "speaktracker-audio"))
        #expect(items[1].entry?.row == ResultKey(studentEmail: "s@example.com", timestamp: "2026-01-05T03:00:00Z"))
        #expect(items[1].entry?.speaker == "s@example.com")
        #expect(items[2].entry?.place == .object(key: "c.wav", bucket: "other"))
        #expect(items[2].entry?.spanInMilliseconds == 500..<1500)
        #expect(items[3...].allSatisfy { $0.entry == nil })
        #expect(items[4] == .problem(id: "e", reason: "It was lost."))
    }

    @Test("what an entry says of itself is read back as it was")
    func roundTrip() throws {
        var entry = ArchiveEntry(id: "a", audio: "x/a.wav", place: .file(path: "/y/x/a.wav"), text: "Hello")
        #expect(ArchiveEntry(request: entry.json) == entry)
        entry.place = .object(key: "k", bucket: "b")
        entry.transcript = "Hallo"
        (entry.speaker, entry.timestamp, entry.spanInMilliseconds) = ("s@example.com", "2026-01-05T03:00:00Z", 1..<2)
        entry.row = ResultKey(studentEmail: "s@example.com", timestamp: "2026-01-05T03:00:00Z")
        #expect(ArchiveEntry(request: entry.json) == entry)
    }
}
