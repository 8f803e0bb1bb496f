import Pronunciation
import Reports

/// A comparison as comma-separated values: a line of names, then a line a reading that both scored.
package struct ComparisonTable {
    private let comparison: ScoreComparison

    package init(_ comparison: ScoreComparison) { self.comparison = comparison }

    package var text: String {
        let names = ScoreName.allCases.flatMap { name in ["old", "new", "change"].map { "\($0)_\(name.rawValue)" } }
        return ResultsTable.line(["id", "speaker", "timestamp"] + names) + comparison.pairs.map(line).joined()
    }

    private func line(_ pair: ScoreComparison.Pair) -> String {
        ResultsTable.line(
            [pair.id, pair.speaker ?? "", pair.timestamp ?? ""]
                + ScoreName.allCases.flatMap { name in
                    [pair.old[name], pair.new[name], pair.change(name)].map { $0.plain(decimals: 2) }
                })
    }
}
