import Pronunciation

/// The grade and the overall score in a square at the top right.
struct ScoreBadge {
    let assessment: Assessment
    let size: Double

    var elements: [SVGElement] {
        let overall = assessment.scores.overall
        let x = PlotLayout.width - PlotLayout.margin - size
        let square: KeyValuePairs<String, SVGValue> = [
            "x": SVGValue(x), "y": SVGValue(PlotLayout.margin), "width": SVGValue(size), "height": SVGValue(size),
            "rx": 14, "fill": SVGValue(ScoreColour.fill(overall)),
        ]
        return [
            SVGElement("rect", square),
            text(assessment.grade.rawValue, x: x, dy: 52, size: 42, weight: 700),
            text(overall.plain(decimals: 1) + " / 100", x: x, dy: 79, size: 15, weight: 400),
        ]
    }

    private func text(_ text: String, x: Double, dy: Double, size: Double, weight: SVGValue) -> SVGElement {
        SVGElement(
            "text",
            [
                "x": SVGValue(x + self.size / 2), "y": SVGValue(PlotLayout.margin + dy), "font-size": SVGValue(size),
                "font-weight": weight, "text-anchor": "middle", "fill": SVGValue(PlotColours.ink),
            ], text: text)
    }
}
