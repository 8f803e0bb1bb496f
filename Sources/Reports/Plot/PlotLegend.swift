import Pronunciation

/// What the plot's colours and lines mean, and how the recording was measured.
struct PlotLegend {
    let reading: AssessedReading
    let showsPitch: Bool
    let y: Double

    static let height = 34.0

    /// The hatching of words that are not in the sentence, and the colours of scores.
    static var definitions: SVGElement {
        let hatching = SVGElement(
            "pattern",
            [
                "id": "extra", "width": 7, "height": 7, "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            ],
            [
                SVGElement("rect", ["width": 7, "height": 7, "fill": "#ffffff"]),
                SVGElement("rect", ["width": 2.2, "height": 7, "fill": SVGValue(PlotColours.line)]),
            ])
        let stops = stride(from: 0.0, through: 100, by: 5).map { score in
            SVGElement(
                "stop", ["offset": SVGValue(score / 100), "stop-color": SVGValue(ScoreColour.fill(score))])
        }
        return SVGElement("defs", [:], [hatching, SVGElement("linearGradient", ["id": "scores"], stops)])
    }

    var elements: [SVGElement] {
        let assessment = reading.assessment
        var x = PlotLayout.margin
        var elements = scores(x: x)
        x += 300
        if showsPitch {
            elements += pitch(x: x)
            x += 100
        }
        if !assessment.missedWords.isEmpty {
            elements += missed(x: x)
            x += 120
        }
        if !assessment.extraWords.isEmpty { elements += extra(x: x) }
        return elements + [text(facts, x: PlotLayout.width - PlotLayout.margin, anchor: "end")]
    }

    private var facts: String {
        let seconds = { (milliseconds: Int) in (Double(milliseconds) / 1000).plain(decimals: 1) }
        let pace = reading.paceRatio.map { " · pace \($0.plain(decimals: 2)) × the model’s" } ?? ""
        return "\(seconds(reading.speakingDurationInMilliseconds)) s spoken in "
            + "\(seconds(reading.audioDurationInMilliseconds)) s\(pace) · \(reading.assessment.scorer)"
    }

    private func scores(x: Double) -> [SVGElement] {
        let bar = PlotFrame(x: x + 46, y: y + 1, width: 220, height: 12)
        let gradient: KeyValuePairs<String, SVGValue> = [
            "x": SVGValue(bar.x), "y": SVGValue(bar.y), "width": SVGValue(bar.width), "height": SVGValue(bar.height),
            "rx": 3, "fill": "url(#scores)",
        ]
        let figures = [0.0, 60, 80, 100].map { score in
            text(score.plain(decimals: 0), x: bar.x + bar.width * score / 100, dy: 28, anchor: "middle")
        }
        return [text("score", x: x), SVGElement("rect", gradient)] + figures
    }

    private func pitch(x: Double) -> [SVGElement] {
        let line: KeyValuePairs<String, SVGValue> = [
            "x1": SVGValue(x), "x2": SVGValue(x + 28), "y1": SVGValue(y + 7), "y2": SVGValue(y + 7),
            "stroke": SVGValue(PlotColours.pitch), "stroke-width": 2.6, "stroke-linecap": "round",
        ]
        return [SVGElement("line", line), text("pitch", x: x + 36)]
    }

    private func missed(x: Double) -> [SVGElement] {
        [
            MissedWordLanes.box(PlotFrame(x: x, y: y - 3, width: 40, height: 20)),
            MissedWordLanes.struckText("abc", x: x + 20, y: y + 12), text("not said", x: x + 48),
        ]
    }

    private func extra(x: Double) -> [SVGElement] {
        let box: KeyValuePairs<String, SVGValue> = [
            "x": SVGValue(x), "y": SVGValue(y - 3), "width": 28, "height": 20, "rx": 4, "fill": "url(#extra)",
            "stroke": SVGValue(PlotColours.quiet),
        ]
        return [
            SVGElement("rect", box), text("+", x: x + 14, anchor: "middle"), text("not in the sentence", x: x + 36),
        ]
    }

    private func text(_ text: String, x: Double, dy: Double = 12, anchor: SVGValue = "start") -> SVGElement {
        SVGElement(
            "text",
            [
                "x": SVGValue(x), "y": SVGValue(y + dy), "font-size": 12.5, "text-anchor": anchor,
                "fill": SVGValue(PlotColours.quiet),
            ], text: text)
    }
}
