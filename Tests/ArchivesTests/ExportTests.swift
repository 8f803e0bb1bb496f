import Foundation
import Testing

@testable import Archives

@Suite struct ExportTests {
    static let line = #"""
        {"accuracy_score":80,"audio":"a.wav","audio_duration_ms":3725000,"completeness_score":50,"extra_words":["HH AY"],\#
        "fluency_score":70,"grade":"B","id":"../a b","missed_words":["so, \"then\""],"net_speaking_density":0.5,\#
        "overall_score":75.5,"prosody_score":60,"scorer":"gop-1","speaking_duration_ms":1000,"text":"R&D <now>",\#
        "words":[{"accuracy_score":61.25,"end_ms":3724500,"kind":"matched","phones":[],"start_ms":3723010,"text":"R&D"},\#
        {"accuracy_score":0,"end_ms":3724500,"kind":"missed","phones":[],"start_ms":3724500,"text":"<now>"}]}
        """#

    static var result: ArchiveResult { get throws { try ArchiveResult(Array(line.utf8), place: "here") } }

    static var failure: ArchiveResult {
        get throws { try ArchiveResult(Array(#"{"error":"No voice.","id":"f"}"#.utf8), place: "here") }
    }

    @Test("WebVTT has hours, and escapes what would be markup; words left out have no cue")
    func webVTT() throws {
        #expect(try WebVideoText.text(Self.result) == "WEBVTT\n\n01:02:03.010 --> 01:02:04.500\nR&amp;D (61)\n")
        #expect(try WebVideoText.text(Self.failure) == nil)
    }

    @Test("CTM has six fields whatever the id")
    func ctm() throws {
        #expect(try ConversationTimeMarked.lines(Self.result) == "%2E.%2Fa%20b 1 3723.010 1.490 R&D 0.6125\n")
        #expect(ConversationTimeMarked.recording(";;a b") != ConversationTimeMarked.recording(";;a_b"))
        #expect(ConversationTimeMarked.recording(";;a b") == "%3B%3Ba%20b")
        #expect(try ConversationTimeMarked.lines(Self.failure) == "")
    }

    @Test("Audacity's labels are three fields between tabs")
    func audacity() throws {
        #expect(try AudacityLabels.text(Self.result) == "3723.010\t3724.500\tR&D 61\n")
    }

    @Test("the table quotes what needs it, and has failures with their reasons")
    func table() throws {
        let line = try ResultsTable.line(Self.result)
        #expect(line.hasPrefix("../a b,a.wav,R&D <now>,,,75.5,80,70,60,50,B,\"so, \"\"then\"\"\",HH AY,3725000,"))
        #expect(try ResultsTable.line(Self.failure) == "f" + String(repeating: ",", count: 18) + "No voice.\r\n")
    }

    @Test("an id never becomes a path", arguments: ["../a b", "/etc/passwd", ".", "", "a\u{0}b", "한국어/1"])
    func names(_ id: String) {
        let name = ExportName.file(id, ending: ".vtt")
        #expect(!name.contains("/") && !name.contains("\u{0}") && !name.hasPrefix("."))
    }

    @Test("long ids get names of their own that fit a file system")
    func longNames() {
        let names = ["a", "b"].map { ExportName.file(String(repeating: "한", count: 500) + $0, ending: ".vtt") }
        #expect(names[0] != names[1])
        #expect(names.allSatisfy { $0.utf8.count <= 255 })
    }

    @Test("CTM comes in the order of its recordings, and an export that fails leaves nothing")
    func files() throws {
        let lines = ["b", "a"].map { Self.line.replacing("../a b", with: $0) + "\n" }
        let folder = try Folder(["r.jsonl": lines.joined(), "bad.jsonl": "{}\n"])
        var export = ResultsExport()
        (export.ctm, export.csv) = (folder.path + "/words.ctm", folder.path + "/table.csv")
        #expect(throws: ArchiveError.self) { try export.write(resultsAt: folder.path + "/bad.jsonl") }
        try export.check()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["bad.jsonl", "r.jsonl"])
        try export.write(resultsAt: folder.path + "/r.jsonl")
        #expect(try folder.text(of: "words.ctm").split(separator: "\n").map { $0.prefix(1) } == ["a", "b"])
        export.ctm = folder.path + "/none/words.ctm"
        #expect(throws: ArchiveError.self) { try export.check() }
    }
}
