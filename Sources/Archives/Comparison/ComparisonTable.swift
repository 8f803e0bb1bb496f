import Pronunciation
import Reports

/// A comparison as comma-separated values: a line of names, then a line a reading, with the reason where only one scoring
/// has scores, or none.
package struct ComparisonTable {
    private let comparison: ScoreComparison

    package init(_ comparison: ScoreComparison) { self.comparison = comparison }

    package var text: String {
        let names = ScoreName.allCases.flatMap { name in ["old", "new", "change"].map { "\($0)_\(name.rawValue)" } }
        return ResultsTable.line(["id", "speaker", "timestamp", "month"] + names + ["scored", "reason"])
            + comparison.pairs.map(line).joined() + lines(comparison.lost, scored: "old")
            + lines(comparison.gained, scored: "new") + lines(comparison.failedInBoth, scored: "neither")
            + lines(comparison.onlyOld, reason: "not in the new results")
            + lines(comparison.onlyNew, reason: "not in the old results")
    }

    private func line(_ pair: ScoreComparison.Pair) -> String {
        ResultsTable.line(
            [pair.id, pair.speaker ?? "", pair.timestamp ?? "", pair.month ?? ""]
                + ScoreName.allCases.flatMap { name in
                    [pair.old[name], pair.new[name], pair.change(name)].map { $0.plain(decimals: 2) }
                } + ["both", ""])
    }

    private func lines(_ losses: [ScoreComparison.Loss], scored: String) -> String {
        losses.map { Self.line($0.id, scored: scored, reason: $0.reason) }.joined()
    }

    private func lines(_ ids: [String], reason: String) -> String {
        ids.map { Self.line($0, scored: "", reason: reason) }.joined()
    }

    private static func line(_ id: String, scored: String, reason: String) -> String {
        ResultsTable.line(
            [id] + [String](repeating: "", count: 3 + 3 * ScoreName.allCases.count) + [scored, reason])
    }
}
