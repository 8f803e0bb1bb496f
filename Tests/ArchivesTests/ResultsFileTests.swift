import Archives
import Foundation
import JSON
import Testing

@Suite struct ResultsFileTests {
    static func line(_ id: String, text: String = "Hello", more: String = "") -> String {
        #"{"accuracy_score":1,"audio":"\#(id).wav","completeness_score":1,\#(more)"fluency_score":1,"id":"\#(id)","#
            + #""overall_score":1,"prosody_score":1,"scorer":"gop-1","text":"\#(text)","words":[]}"#
    }

    static func item(_ id: String, text: String = "Hello") -> ArchiveItem {
        .entry(ArchiveEntry(id: id, audio: "\(id).wav", place: .file(path: "/\(id).wav"), text: text))
    }

    @Test("a last line that was cut off goes, and every whole one stays", arguments: ["", "{", #"{"id":"c"}"#])
    func tornLine(_ rest: String) throws {
        let folder = try Folder(["r.jsonl": "\(Self.line("a"))\n\(Self.line("b"))\n\(rest)"])
        let file = try ResultsFile(path: folder.path + "/r.jsonl", keeps: true)
        #expect(file.finished.count == 2)
        try file.append(Self.line("c"))
        #expect(try folder.text(of: "r.jsonl") == ["a", "b", "c"].map { Self.line($0) + "\n" }.joined())
    }

    @Test(
        "a file that holds something else is refused and stays as it is",
        arguments: [
            "precious\n", "{}\n", "\n", "{\"id\":\"a\",\"audio\":\"a.wav\",\"text\":\"Hello\"}\n",
            "{\"id\":\"a\",\"overall_score\":1}\n",
        ])
    func otherFiles(_ text: String) throws {
        let folder = try Folder(["r.jsonl": text])
        #expect(throws: ArchiveError.self) { try ResultsFile(path: folder.path + "/r.jsonl", keeps: true) }
        #expect(try folder.text(of: "r.jsonl") == text)
    }

    @Test("two results of one id are refused: nothing was to be done twice")
    func twice() throws {
        let folder = try Folder(["r.jsonl": "\(Self.line("a"))\n\(Self.line("a"))\n"])
        #expect(throws: ArchiveError.self) { try ResultsFile(path: folder.path + "/r.jsonl", keeps: true) }
    }

    @Test("while one process writes a file, another is refused")
    func locked() throws {
        let folder = try Folder()
        let first = try ResultsFile(path: folder.path + "/r.jsonl", keeps: true)
        #expect(throws: ArchiveError.self) { try ResultsFile(path: folder.path + "/r.jsonl", keeps: false) }
        try first.append(Self.line("a"))
        #expect(try folder.text(of: "r.jsonl") == Self.line("a") + "\n")
    }

    @Test("finished, failed, changed and missing are told apart")
    func states() throws {
        let folder = try Folder(["r.jsonl": "\(Self.line("a"))\n\(Self.line("b"))\n{\"error\":\"No.\",\"id\":\"c\"}\n"])
        let finished = try ResultsFile(path: folder.path + "/r.jsonl", keeps: true).finished
        #expect(finished.state(of: Self.item("a")) == .finished)
        #expect(finished.state(of: Self.item("b", text: "Bye")) == .changed)
        #expect(finished.state(of: Self.item("c")) == .failed)
        #expect(finished.state(of: Self.item("d")) == .missing)
        #expect(finished.state(of: .problem(id: "a", reason: "")) == .changed)
        #expect(finished.scorers == ["gop-1"])
    }

    @Test("lines are taken away all at once, and writing goes on behind the others")
    func removal() throws {
        let folder = try Folder(["r.jsonl": ["a", "b", "c"].map { Self.line($0) + "\n" }.joined()])
        let file = try ResultsFile(path: folder.path + "/r.jsonl", keeps: true)
        try file.remove { id, _ in id == "b" }
        #expect(file.finished.count == 2)
        try file.append(Self.line("b"))
        #expect(try folder.text(of: "r.jsonl") == ["a", "c", "b"].map { Self.line($0) + "\n" }.joined())
        #expect(throws: ArchiveError.self) { try ResultsFile(path: folder.path + "/r.jsonl", keeps: true) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["r.jsonl"])
    }

    @Test("another part of a recording is another reading")
    func parts() throws {
        let folder = try Folder(["r.jsonl": Self.line("a", more: #""end_ms":1500,"start_ms":500,"#) + "\n"])
        let finished = try ResultsFile.finished(in: folder.path + "/r.jsonl")
        let states: [Range<Int>?: FinishedResults.State] = [500..<1500: .finished, 600..<1500: .changed, nil: .changed]
        for (span, state) in states {
            guard case .entry(var entry) = Self.item("a") else { continue }
            entry.spanInMilliseconds = span
            #expect(finished.state(of: .entry(entry)) == state)
            #expect(entry.labelled([:])["start_ms"]?.int == span?.lowerBound)
        }
    }

    @Test("looking at what is there leaves it as it is, a last line that was cut off too")
    func looking() throws {
        let text = Self.line("a") + "\n" + #"{"id":"b"#
        let folder = try Folder(["r.jsonl": text])
        #expect(try ResultsFile.finished(in: folder.path + "/r.jsonl").count == 1)
        #expect(try folder.text(of: "r.jsonl") == text)
        #expect(try ResultsFile.finished(in: folder.path + "/none.jsonl").count == 0)
    }

    @Test("a link to results stays a link when lines are taken away")
    func link() throws {
        let folder = try Folder(["far/r.jsonl": "\(Self.line("a"))\n\(Self.line("b"))\n"])
        let path = folder.path + "/r.jsonl"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "far/r.jsonl")
        try ResultsFile(path: path, keeps: true).remove { id, _ in id == "a" }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "far/r.jsonl")
        #expect(try folder.text(of: "far/r.jsonl") == Self.line("b") + "\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/far") == ["r.jsonl"])
    }
}
