import Archives
import Foundation
import Testing

@Suite struct ResultsFileTests {
    static func line(_ id: String, text: String = "Hello") -> String {
        #"{"audio":"\#(id).wav","id":"\#(id)","scorer":"gop-1","text":"\#(text)"}"#
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

    @Test("a file that holds something else is refused and stays as it is", arguments: ["precious\n", "{}\n", "\n"])
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
}
