import Archives
import Testing

@Suite struct ScoreComparisonTests {
    static func line(_ id: String, _ score: Int, speaker: String = "s1", month: String = "01") -> String {
        #"{"accuracy_score":\#(score),"completeness_score":100,"fluency_score":\#(score),"id":"\#(id)","#
            + #""overall_score":\#(score),"prosody_score":\#(score),"scorer":"gop-\#(month)","speaker":"\#(speaker)","#
            + #""text":"<b>\#(id)</b>","timestamp":"2026-\#(month)-05T03:00:00Z","words":[]}"# + "\n"
    }

    static func failure(_ id: String) -> String { #"{"error":"Silent.","id":"\#(id)"}"# + "\n" }

    static func comparison(_ old: [String], _ new: [String]) throws -> ScoreComparison {
        let folder = try Folder(["old": old.joined(), "new": new.joined()])
        return try ScoreComparison(old: folder.path + "/old", new: folder.path + "/new", moversShown: 2)
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
        #expect(comparison.lost == [.init(id: "lost", reason: "Silent.")])
        #expect(comparison.gained == [.init(id: "won", reason: "Silent.")])
        #expect((comparison.failedInBoth, comparison.onlyOld, comparison.onlyNew) == (1, 1, 1))
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
