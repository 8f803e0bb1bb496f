import Reports

/// The mean overall score of each month, as it was and as it is.
struct MonthLines {
    private let months: [(name: String, change: ScoreChange)]

    init(_ months: [(name: String, change: ScoreChange)]) { self.months = months }

    var element: SVGElement {
        let chart = Chart(title: "Mean overall score by month", height: 320)
        let domain = 0.0...100.0
        return chart.element(
            chart.horizontalGrid(domain) + line(chart, \.oldMean, GroupColours.down)
                + line(chart, \.newMean, GroupColours.up) + names(chart) + legend(chart))
    }

    private func x(_ index: Int, _ chart: Chart) -> Double {
        chart.x(Double(index), in: -0.5...Double(months.count) - 0.5)
    }

    private func line(_ chart: Chart, _ mean: KeyPath<ScoreChange, Double>, _ colour: RGBColour) -> [SVGElement] {
        let points = months.enumerated().map { index, month in
            (x: x(index, chart), y: chart.y(month.change[keyPath: mean], in: 0...100), month)
        }
        let path = points.map { "\($0.x.plain(decimals: 1)),\($0.y.plain(decimals: 1))" }.joined(separator: " ")
        let dots = points.map { point in
            SVGElement(
                "circle", ["cx": SVGValue(point.x), "cy": SVGValue(point.y), "r": 4, "fill": SVGValue(colour)]
            ).titled("\(point.2.name): \(point.2.change[keyPath: mean].plain(decimals: 1))")
        }
        return [
            SVGElement(
                "polyline", ["points": SVGValue(path), "fill": "none", "stroke": SVGValue(colour), "stroke-width": 2])
        ] + dots
    }

    /// As many as there is room for.
    private func names(_ chart: Chart) -> [SVGElement] {
        let step = max(1, (months.count + 11) / 12)
        return months.indices.filter { $0.isMultiple(of: step) }.map { index in
            chart.small(months[index].name, x: x(index, chart), y: chart.yRange.upperBound + 18, anchor: "middle")
        }
    }

    private func legend(_ chart: Chart) -> [SVGElement] {
        [("old", GroupColours.down, 140.0), ("new", GroupColours.up, 70.0)].flatMap { text, colour, offset in
            [
                SVGElement(
                    "circle",
                    ["cx": SVGValue(chart.width - offset), "cy": 14, "r": 5, "fill": SVGValue(colour)]),
                chart.small(text, x: chart.width - offset + 10, y: 18, anchor: "start"),
            ]
        }
    }
}
