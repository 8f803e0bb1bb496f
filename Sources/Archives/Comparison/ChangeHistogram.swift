import Reports

/// How many readings moved by how much.
struct ChangeHistogram {
    private let change: ScoreChange

    init(_ change: ScoreChange) { self.change = change }

    /// Symmetric about zero, to whole steps, and wide enough for all.
    private var step: Double {
        let farthest = max(abs(change.changes.first ?? 0), abs(change.changes.last ?? 0))
        return [0.25, 0.5, 1, 2, 5].first { farthest / $0 <= 30 } ?? 10
    }

    var element: SVGElement {
        let chart = Chart(title: "Change of the overall score", height: 280)
        let step = step
        let farthest = max(abs(change.changes.first ?? 0), abs(change.changes.last ?? 0))
        let steps = max(4, (farthest / step + 0.5).rounded(.up))
        let domain = -(steps + 0.5) * step...(steps + 0.5) * step
        var counts = [Int](repeating: 0, count: Int(2 * steps) + 1)
        for value in change.changes { counts[Int((value / step).rounded() + steps)] += 1 }
        let most = 0...Double(max(1, counts.max() ?? 1))
        let bars = counts.enumerated().filter { $0.element > 0 }.map { index, count in
            let centre = (Double(index) - steps) * step
            return bar(chart, from: centre - step / 2, to: centre + step / 2, domain, Double(count), most)
        }
        let zero = chart.x(0, in: domain)
        return chart.element(
            chart.horizontalGrid(most) + bars
                + [chart.line(zero, chart.yRange.lowerBound, zero, chart.yRange.upperBound, PlotColours.quiet)]
                + chart.verticalTicks(domain, signed: true) + [chart.caption("points, new − old")])
    }

    private func bar(
        _ chart: Chart, from: Double, to: Double, _ domain: ClosedRange<Double>, _ count: Double,
        _ most: ClosedRange<Double>
    ) -> SVGElement {
        let (x, y) = (chart.x(from, in: domain), chart.y(count, in: most))
        return SVGElement(
            "rect",
            [
                "x": SVGValue(x + 0.5), "y": SVGValue(y), "width": SVGValue(chart.x(to, in: domain) - x - 1),
                "height": SVGValue(chart.yRange.upperBound - y), "fill": SVGValue(PlotColours.wave),
            ]
        ).titled("\(Int(count)) moved by \(from.signed(decimals: 2)) to \(to.signed(decimals: 2))")
    }
}
