import Archives
import Pronunciation
import Reports

/// A comparison for a terminal.
struct ComparisonListing {
    let comparison: ScoreComparison

    /// More groups than these are left to the table and the page.
    private static let groupsShown = 20

    func print() {
        Swift.print(summary)
        if !comparison.pairs.isEmpty { printMoves() }
        losses("SCORED BEFORE, NOT NOW", comparison.lost)
        losses("SCORED NOW, NOT BEFORE", comparison.gained)
        losses("NEVER SCORED", comparison.failedInBoth)
        losses("NOT IN THE NEW RESULTS", comparison.onlyOld.map { .init(id: $0, reason: "") })
        losses("NOT IN THE OLD RESULTS", comparison.onlyNew.map { .init(id: $0, reason: "") })
    }

    private func printMoves() {
        Swift.print("", scores, "", distribution, separator: "\n")
        let speakers = comparison.bySpeaker
        groups("STUDENT", Array(speakers.prefix(Self.groupsShown)), of: speakers.count)
        let months = comparison.byMonth
        groups("MONTH", Array(months.suffix(Self.groupsShown)), of: months.count)
        movers("MOVED UP", comparison.risers)
        movers("MOVED DOWN", comparison.fallers)
    }

    private var summary: String {
        let scorers = [comparison.oldScorers, comparison.newScorers].map { $0.sorted().joined(separator: ", ") }
        var parts = ["\(comparison.pairs.count) recordings scored both times (\(scorers[0]) → \(scorers[1]))"]
        for (count, what) in [
            (comparison.lost.count, "scored before only"), (comparison.gained.count, "scored now only"),
            (comparison.failedInBoth.count, "never scored"), (comparison.onlyOld.count, "not in the new results"),
            (comparison.onlyNew.count, "not in the old results"),
        ] where count > 0 {
            parts.append("\(count) \(what)")
        }
        return parts.joined(separator: ", ") + "."
    }

    private var scores: String {
        var table = TextTable(columns: ["SCORE", "OLD", "NEW", "CHANGE", "SD", "CORRELATION", "5 %", "MEDIAN", "95 %"])
        for name in ScoreName.allCases {
            let change = comparison.change(name)
            table.add(
                [
                    name.rawValue, change.oldMean.plain(decimals: 1), change.newMean.plain(decimals: 1),
                    change.mean.signed(), change.deviation.plain(decimals: 1),
                    change.correlation?.plain(decimals: 3) ?? "–",
                ] + [0.05, 0.5, 0.95].map { change.quantile($0).signed() })
        }
        return table.text
    }

    /// How many overall scores moved how far.
    private var distribution: String {
        let bounds = [-20.0, -10, -5, -1, 1, 5, 10, 20]
        let names = [
            "below −20", "−20 to −10", "−10 to −5", "−5 to −1", "−1 to +1", "+1 to +5", "+5 to +10", "+10 to +20",
            "above +20",
        ]
        var counts = [Int](repeating: 0, count: names.count)
        for change in comparison.change(.overall).changes { counts[bounds.count { $0 <= change }] += 1 }
        let most = max(1, counts.max() ?? 1)
        var table = TextTable(columns: ["OVERALL MOVED", "RECORDINGS", ""])
        for (name, count) in zip(names, counts) {
            table.add([name, "\(count)", String(repeating: "█", count: (40 * count + most - 1) / most)])
        }
        return table.text
    }

    private func groups(_ title: String, _ groups: [(name: String, change: ScoreChange)], of count: Int) {
        guard !groups.isEmpty else { return }
        var table = TextTable(columns: [title, "RECORDINGS", "OLD", "NEW", "CHANGE"])
        for (name, change) in groups {
            table.add([
                Terminal.safe(name), "\(change.count)", change.oldMean.plain(decimals: 1),
                change.newMean.plain(decimals: 1), change.mean.signed(),
            ])
        }
        Swift.print("", table.text, separator: "\n")
        if count > groups.count { Swift.print("… and \(count - groups.count) more") }
    }

    private func movers(_ title: String, _ movers: [ScoreComparison.Mover]) {
        guard !movers.isEmpty else { return }
        var table = TextTable(columns: [title, "OLD", "NEW", "CHANGE", "SENTENCE"])
        for mover in movers {
            table.add([
                Terminal.safe(mover.pair.id), mover.pair.old.overall.plain(decimals: 1),
                mover.pair.new.overall.plain(decimals: 1), mover.pair.change(.overall).signed(),
                Terminal.safe(String(mover.text.prefix(60))),
            ])
        }
        Swift.print("", table.text, separator: "\n")
    }

    private func losses(_ title: String, _ losses: [ScoreComparison.Loss]) {
        guard !losses.isEmpty else { return }
        var table = TextTable(columns: [title, "REASON"])
        for loss in losses.prefix(Self.groupsShown) {
            table.add([Terminal.safe(loss.id), Terminal.safe(String(loss.reason.prefix(100)))])
        }
        Swift.print("", table.text, separator: "\n")
        if losses.count > Self.groupsShown { Swift.print("… and \(losses.count - Self.groupsShown) more") }
    }
}
