import Reports

/// How far each student's mean moved.
struct GroupBars {
    private let groups: [(name: String, change: ScoreChange)]

    init(_ groups: [(name: String, change: ScoreChange)]) { self.groups = groups }

    private static let rowHeight = 22.0

    var element: SVGElement {
        let chart = Chart(
            title: "Change of the mean overall score", height: 90 + Self.rowHeight * Double(groups.count), left: 240)
        let farthest = max(1, groups.map { abs($0.change.mean) }.max() ?? 1) * 1.1
        let domain = -farthest...farthest
        let zero = chart.x(0, in: domain)
        let rows = groups.enumerated().flatMap { index, group in
            row(chart, group, y: chart.yRange.lowerBound + Self.rowHeight * Double(index), domain)
        }
        return chart.element(
            rows + [chart.line(zero, chart.yRange.lowerBound, zero, chart.yRange.upperBound, PlotColours.quiet)]
                + chart.verticalTicks(domain, signed: true) + [chart.caption("points, new − old")])
    }

    private func row(
        _ chart: Chart, _ group: (name: String, change: ScoreChange), y: Double, _ domain: ClosedRange<Double>
    ) -> [SVGElement] {
        let ends = [chart.x(0, in: domain), chart.x(group.change.mean, in: domain)].sorted()
        let name = group.name.count > 30 ? group.name.prefix(29) + "…" : group.name[...]
        return [
            chart.small("\(name) (\(group.change.count))", x: chart.left - 10, y: y + 15, anchor: "end"),
            SVGElement(
                "rect",
                [
                    "x": SVGValue(ends[0]), "y": SVGValue(y + 3), "width": SVGValue(max(1, ends[1] - ends[0])),
                    "height": SVGValue(Self.rowHeight - 6),
                    "fill": SVGValue(group.change.mean < 0 ? GroupColours.down : GroupColours.up),
                ]
            ).titled("\(group.name): \(group.change.mean.signed())"),
        ]
    }
}

/// Orange and blue are told apart with every common kind of colour blindness.
///
/// Source: the hues of Okabe & Ito (2008), "Color universal design".
enum GroupColours {
    static let down = RGBColour(0xD5, 0x5E, 0x00)
    static let up = RGBColour(0x00, 0x72, 0xB2)
}
