import Foundation
import Testing

@testable import Archives

@Suite struct ScoreComparisonTests {
    static func line(_ id: String, _ score: Int, speaker: String = "s1", month: String = "01") -> String {
        #"{"accuracy_score":\#(score),"completeness_score":100,"fluency_score":\#(score),"id":"\#(id)","#
            + #""overall_score":\#(score),"prosody_score":\#(score),"scorer":"gop-\#(month)","speaker":"\#(speaker)","#
            + #""text":"<b>\#(id)</b>","timestamp":"2026-\#(month)-05T03:00:00Z","words":[]}"# + "\n"
    }

    static func failure(_ id: String) -> String { #"{"error":"Silent.","id":"\#(id)"}"# + "\n" }

    static func comparison(_ old: [String], _ new: [String]) throws -> ScoreComparison {
        let folder = try Folder(["old": old.joined(), "new": new.joined()])
        let seoul = try #require(TimeZone(identifier: "Asia/Seoul"))
        return try ScoreComparison(
            old: folder.path + "/old", new: folder.path + "/new", moversShown: 2, timeZone: seoul)
    }

    @Test("means, deviations, correlation and quantiles are those of the pairs")
    func figures() throws {
        let comparison = try Self.comparison(
            [Self.line("a", 10), Self.line("b", 20), Self.line("c", 30)],
            [Self.line("c", 50), Self.line("a", 10), Self.line("b", 30)])
        let change = comparison.change(.overall)
        #expect(change.changes == [0, 10, 20])
        #expect(change.mean == 10 && change.deviation == 10)
        #expect(abs((change.correlation ?? 0) - 1) < 1e-9)
        #expect(change.quantile(0) == 0 && change.quantile(0.75) == 15 && change.quantile(1) == 20)
        #expect(comparison.change(.completeness).correlation == nil)
    }

    @Test("what only one scoring knows, or could score, is told")
    func losses() throws {
        let comparison = try Self.comparison(
            [
                Self.line("a", 1), Self.line("lost", 1), Self.line("gone", 1), Self.failure("won"),
                Self.failure("never"),
            ],
            [
                Self.line("a", 1), Self.line("won", 1), Self.line("fresh", 1), Self.failure("lost"),
                Self.failure("never"),
            ])
        #expect(comparison.pairs.map(\.id) == ["a"])
        #expect(comparison.lost.map(\.id) == ["lost"] && comparison.gained.map(\.id) == ["won"])
        #expect((comparison.lost + comparison.gained).allSatisfy { $0.reason == "Silent." })
        #expect(comparison.failedInBoth.map(\.id) == ["never"])
        #expect(comparison.onlyOld == ["gone"] && comparison.onlyNew == ["fresh"])
        let rows = ComparisonTable(comparison).text.split(separator: "\r\n").map { $0.split(separator: ",") }
        #expect(rows.dropFirst().map(\.first) == ["a", "lost", "won", "never", "gone", "fresh"])
        #expect(rows[2].suffix(2) == ["old", "Silent."] && rows[5].last == "not in the new results")
    }

    @Test("movers are the farthest, each way, and who stood still is none")
    func movers() throws {
        let comparison = try Self.comparison(
            ["a", "b", "c", "d", "e"].map { Self.line($0, 50) },
            zip(["a", "b", "c", "d", "e"], [50, 60, 70, 65, 20]).map { Self.line($0, $1) })
        #expect(comparison.risers.map(\.pair.id) == ["c", "d"])
        #expect(comparison.fallers.map(\.pair.id) == ["e"])
    }

    @Test("students come by how far they moved, months in order")
    func groups() throws {
        let comparison = try Self.comparison(
            [Self.line("a", 50), Self.line("b", 50), Self.line("c", 50)],
            [
                Self.line("a", 51, speaker: "x", month: "03"), Self.line("b", 40, speaker: "y", month: "02"),
                Self.line("c", 53, speaker: "x", month: "02"),
            ])
        #expect(comparison.bySpeaker.map(\.name) == ["y", "x"])
        #expect(comparison.bySpeaker.map(\.change.mean) == [-10, 2])
        #expect(comparison.byMonth.map(\.name) == ["2026-02", "2026-03"])
    }

    @Test("months are the school's, and what is no moment has none")
    func months() throws {
        let old = ["2026-01-31T14:59:59Z", "2026-01-31T15:00:00Z", "garb-age", "2026-13"].enumerated().map {
            Self.line("\($0)", 50).replacing("2026-01-05T03:00:00Z", with: $1)
        }
        let comparison = try Self.comparison(old, old)
        #expect(comparison.pairs.map(\.month) == ["2026-01", "2026-02", nil, nil])
    }

    @Test("scores that no scorer gives are refused", arguments: ["1e13", "-1", "100.5"])
    func beyond(_ score: String) throws {
        let line = Self.line("a", 50).replacing("50", with: score)
        #expect(throws: ArchiveError.self) { try Self.comparison([line], [Self.line("a", 50)]) }
        #expect(throws: ArchiveError.self) { try Self.comparison([Self.line("a", 50)], [line]) }
    }

    @Test("of those that moved as far the first by id are shown, whatever the files' order")
    func ties() throws {
        let ids = ["c", "a", "d", "b"]
        let comparison = try Self.comparison(ids.map { Self.line($0, 50) }, ids.map { Self.line($0, 60) })
        #expect(comparison.risers.map(\.pair.id) == ["a", "b"])
    }

    @Test("nothing in common is no division by zero", arguments: [[String](), [line("a", 1)]])
    func empty(_ old: [String]) throws {
        let comparison = try Self.comparison(old, [])
        #expect(comparison.change(.overall).count == 0)
        #expect(comparison.change(.overall).quantile(0.5) == 0)
        #expect(ComparisonPage(comparison, old: "old", new: "new").html.contains("0 recordings"))
    }

    @Test("one reading, or many that did not move, can be drawn", arguments: [1, 3])
    func still(_ count: Int) throws {
        let lines = (0..<count).map { Self.line("\($0)", 100) }
        let html = ComparisonPage(try Self.comparison(lines, lines), old: "old", new: "new").html
        #expect(!html.contains("nan") && !html.contains("inf\""))
    }

    @Test("what sentences say is text in the page, not markup")
    func escaping() throws {
        let comparison = try Self.comparison([Self.line("a", 1)], [Self.line("a", 90)])
        let html = ComparisonPage(comparison, old: "<old>", new: "new").html
        #expect(html.contains("&lt;b&gt;a&lt;/b&gt;") && !html.contains("<b>") && !html.contains("<old>"))
    }

    @Test("an id twice in a file is refused")
    func twice() {
        #expect(throws: ArchiveError.self) { try Self.comparison([Self.line("a", 1), Self.line("a", 2)], []) }
        #expect(throws: ArchiveError.self) { try Self.comparison([], [Self.line("a", 1), Self.line("a", 2)]) }
    }
}
