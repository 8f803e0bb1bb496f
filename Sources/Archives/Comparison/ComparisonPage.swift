import Pronunciation
import Reports

/// A comparison as one page of HTML with its pictures inside: no scripts, no links, nothing to fetch.
package struct ComparisonPage {
    private let comparison: ScoreComparison
    private let names: (old: String, new: String)

    /// - Parameters:
    ///   - old: What the older results are called.
    ///   - new: What the newer ones are called.
    package init(_ comparison: ScoreComparison, old: String, new: String) {
        (self.comparison, names) = (comparison, (old, new))
    }

    package var html: String {
        let title = "Scores of \(names.old) and \(names.new)"
        let head = SVGElement(
            "head", [:],
            [
                SVGElement("meta", ["charset": "utf-8"]),
                SVGElement("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                SVGElement("title", text: title), SVGElement("style", text: Self.style),
            ])
        let body = SVGElement("body", [:], [SVGElement("h1", text: title), summary] + sections)
        return "<!DOCTYPE html>\n" + SVGElement("html", ["lang": "en"], [head, body]).svg + "\n"
    }

    private static let style = """
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2em auto; padding: 0 1em; color: #1c2026 }
        table { border-collapse: collapse; margin: .5em 0 }
        th, td { padding: .2em .8em; text-align: right; border-bottom: 1px solid #d5dae0 }
        th { font-weight: 600 } .text { text-align: left } svg { max-width: 100%; height: auto; margin: .5em 0 }
        h2 { margin-top: 1.6em; font-size: 1.2em }
        """

    private var summary: SVGElement {
        let parts = [
            "\(comparison.pairs.count) recordings were scored both times",
            comparison.lost.isEmpty ? nil : "\(comparison.lost.count) only in the old scoring",
            comparison.gained.isEmpty ? nil : "\(comparison.gained.count) only in the new scoring",
            comparison.failedInBoth.isEmpty ? nil : "\(comparison.failedInBoth.count) in neither",
            comparison.onlyOld.isEmpty ? nil : "\(comparison.onlyOld.count) are not in the new results",
            comparison.onlyNew.isEmpty ? nil : "\(comparison.onlyNew.count) are not in the old ones",
        ]
        let scorers = [comparison.oldScorers, comparison.newScorers].map { $0.sorted().joined(separator: ", ") }
        return SVGElement(
            "p", text: parts.compactMap(\.self).joined(separator: "; ") + ". Scorers: \(scorers[0]) → \(scorers[1]).")
    }

    private var sections: [SVGElement] {
        (comparison.pairs.isEmpty ? [] : moves)
            + losses("Scored before, not now", comparison.lost) + losses("Scored now, not before", comparison.gained)
            + losses("Never scored", comparison.failedInBoth)
            + losses("Not in the new results", comparison.onlyOld.map { .init(id: $0, reason: "") })
            + losses("Not in the old results", comparison.onlyNew.map { .init(id: $0, reason: "") })
    }

    private var moves: [SVGElement] {
        let overall = comparison.change(.overall)
        let pictures = [ChangeHistogram(overall).element, ScoreDensity(comparison.pairs).element]
        return [heading("All scores"), scores, heading("How overall scores moved")] + pictures + speakers + months
            + movers("Moved up farthest", comparison.risers) + movers("Moved down farthest", comparison.fallers)
    }

    private func heading(_ text: String) -> SVGElement { SVGElement("h2", text: text) }

    private var scores: SVGElement {
        table(
            ["Score", "Old mean", "New mean", "Change", "SD of change", "Correlation", "5 %", "Median", "95 %"],
            ScoreName.allCases.map { name in
                let change = comparison.change(name)
                return [
                    name.rawValue, change.oldMean.plain(decimals: 1), change.newMean.plain(decimals: 1),
                    change.mean.signed(), change.deviation.plain(decimals: 1),
                    change.correlation?.plain(decimals: 3) ?? "–",
                ] + [0.05, 0.5, 0.95].map { change.quantile($0).signed() }
            })
    }

    /// More rows than this nobody reads; the table of values has all.
    private static let mostRows = 40

    private var speakers: [SVGElement] {
        let groups = comparison.bySpeaker
        guard !groups.isEmpty else { return [] }
        let shown = Array(groups.prefix(Self.mostRows))
        let title = groups.count > shown.count ? "Students, the \(shown.count) that moved farthest" : "Students"
        return [heading(title), GroupBars(shown).element, groupTable("Student", shown)]
    }

    private var months: [SVGElement] {
        let groups = comparison.byMonth
        guard !groups.isEmpty else { return [] }
        return [heading("Months"), MonthLines(groups).element, groupTable("Month", groups)]
    }

    private func groupTable(_ name: String, _ groups: [(name: String, change: ScoreChange)]) -> SVGElement {
        table(
            [name, "Recordings", "Old mean", "New mean", "Change"],
            groups.map { group in
                [
                    group.name, "\(group.change.count)", group.change.oldMean.plain(decimals: 1),
                    group.change.newMean.plain(decimals: 1), group.change.mean.signed(),
                ]
            })
    }

    private func movers(_ title: String, _ movers: [ScoreComparison.Mover]) -> [SVGElement] {
        guard !movers.isEmpty else { return [] }
        return [
            heading(title),
            table(
                ["Recording", "Old", "New", "Change", "Sentence"],
                movers.map { mover in
                    [
                        mover.pair.id, mover.pair.old.overall.plain(decimals: 1),
                        mover.pair.new.overall.plain(decimals: 1), mover.pair.change(.overall).signed(), mover.text,
                    ]
                }),
        ]
    }

    private func losses(_ title: String, _ losses: [ScoreComparison.Loss]) -> [SVGElement] {
        guard !losses.isEmpty else { return [] }
        let rows = losses.prefix(Self.mostRows).map { [$0.id, $0.reason] }
        let rest = losses.count > rows.count ? [SVGElement("p", text: "… and \(losses.count - rows.count) more.")] : []
        return [heading(title), table(["Recording", "Reason"], rows)] + rest
    }

    /// The first and the last column hold text where the last is one of words.
    private func table(_ heads: [String], _ rows: [[String]]) -> SVGElement {
        func cells(_ name: String, _ texts: [String]) -> SVGElement {
            SVGElement(
                "tr", [:],
                texts.enumerated().map { index, text in
                    let isText = index == 0 || ["Sentence", "Reason"].contains(heads[index])
                    return SVGElement(name, isText ? ["class": "text"] : [:], text: text)
                })
        }
        return SVGElement(
            "table", [:],
            [
                SVGElement("thead", [:], [cells("th", heads)]),
                SVGElement("tbody", [:], rows.map { cells("td", $0) }),
            ])
    }
}
