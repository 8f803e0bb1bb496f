import Pronunciation
import Reports

/// Old scores against new ones: the darker a square, the more readings are in it.
struct ScoreDensity {
    private let pairs: [ScoreComparison.Pair]

    init(_ pairs: [ScoreComparison.Pair]) { self.pairs = pairs }

    private static let squares = 50

    var element: SVGElement {
        let chart = Chart(title: "Old and new overall score", height: 560)
        let domain = 0.0...100.0
        var counts = [[Int]: Int]()
        for pair in pairs { counts[[square(pair.old.overall), square(pair.new.overall)], default: 0] += 1 }
        let most = Double(counts.values.max() ?? 1)
        let marks = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { place, count in
            mark(chart, place[0], place[1], share: (Double(count) / most).squareRoot()).titled("\(count) readings")
        }
        let diagonal = chart.line(
            chart.x(0, in: domain), chart.y(0, in: domain), chart.x(100, in: domain), chart.y(100, in: domain),
            PlotColours.quiet)
        return chart.element(
            chart.horizontalGrid(domain) + [diagonal] + marks + chart.verticalTicks(domain)
                + [chart.caption("old score across, new score up; on the line nothing moved")])
    }

    private func square(_ score: Double) -> Int {
        min(Self.squares - 1, max(0, Int(score / 100 * Double(Self.squares))))
    }

    private func mark(_ chart: Chart, _ column: Int, _ row: Int, share: Double) -> SVGElement {
        let size = 100 / Double(Self.squares)
        let (x, y) = (chart.x(Double(column) * size, in: 0...100), chart.y(Double(row + 1) * size, in: 0...100))
        return SVGElement(
            "rect",
            [
                "x": SVGValue(x), "y": SVGValue(y),
                "width": SVGValue(chart.x(Double(column + 1) * size, in: 0...100) - x),
                "height": SVGValue(chart.y(Double(row) * size, in: 0...100) - y),
                "fill": SVGValue(PlotColours.wave), "fill-opacity": SVGValue(0.15 + 0.85 * share),
            ])
    }
}
