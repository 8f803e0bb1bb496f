import Pronunciation

/// The sentence, its grade, its scores and what to do next.
struct PlotHeader {
    let reading: AssessedReading

    private static let badge = 96.0
    private static let sentenceSize = 24.0
    private static let adviceSize = 15.0

    private var assessment: Assessment { reading.assessment }
    private var textWidth: Double { PlotLayout.width - 2 * PlotLayout.margin - Self.badge - 24 }

    private var sentenceLines: [[AssessedWord]] {
        var lines: [[AssessedWord]] = [[]]
        var used = 0.0
        for word in assessment.words {
            let width = (word.text.widthInEms + 0.3) * Self.sentenceSize
            if used + width > textWidth, used > 0 {
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(word)
            used += width
        }
        return lines
    }

    private var adviceLines: [String] {
        let feedback = reading.feedback
        return [feedback.korean, feedback.english].flatMap { $0.wrapped(toEms: textWidth / Self.adviceSize) }
    }

    private var barsY: Double { PlotLayout.margin + Double(sentenceLines.count) * 32 + 12 }
    private var adviceY: Double { barsY + 62 }

    var maxY: Double {
        max(PlotLayout.margin + Self.badge + 20, adviceY + Double(adviceLines.count - 1) * 22 + 26)
    }

    var elements: [SVGElement] {
        sentence + ScoreBadge(assessment: assessment, size: Self.badge).elements + bars + advice
    }

    private var sentence: [SVGElement] {
        sentenceLines.enumerated().map { line, words in
            let spans = words.enumerated().flatMap { index, word in
                (index == 0 ? [] : [SVGElement("tspan", text: " ")]) + [Self.span(word)]
            }
            return SVGElement(
                "text",
                [
                    "x": SVGValue(PlotLayout.margin), "y": SVGValue(PlotLayout.margin + 22 + Double(line) * 32),
                    "font-size": SVGValue(Self.sentenceSize), "font-weight": 600, "xml:space": "preserve",
                ], spans)
        }
    }

    /// Weak words are underlined and missed ones struck through, so that nobody needs the colours.
    private static func span(_ word: AssessedWord) -> SVGElement {
        let span = SVGElement("tspan", ["fill": SVGValue(ScoreColour.ink(word.accuracyScore))], text: word.text)
        if !word.isSpoken { return span.with(["text-decoration": "line-through", "font-weight": 400]) }
        return word.accuracyScore < 60 ? span.with(["text-decoration": "underline"]) : span
    }

    private var bars: [SVGElement] {
        let scores = assessment.scores
        let named = [
            ("Accuracy", scores.accuracy), ("Fluency", scores.fluency), ("Prosody", scores.prosody),
            ("Completeness", scores.completeness),
        ]
        return named.enumerated().flatMap { index, score in
            let x = PlotLayout.margin + Double(index) * 190
            return Self.bar(score.0, score.1, x: x, y: barsY)
        }
    }

    private static func bar(_ name: String, _ score: Double, x: Double, y: Double) -> [SVGElement] {
        let width = 160.0
        let track: KeyValuePairs<String, SVGValue> = [
            "x": SVGValue(x), "y": SVGValue(y + 22), "width": SVGValue(width), "height": 8, "rx": 4,
            "fill": SVGValue(PlotColours.line), "fill-opacity": 0.7,
        ]
        let fill: KeyValuePairs<String, SVGValue> = [
            "x": SVGValue(x), "y": SVGValue(y + 22), "width": SVGValue(width * min(100, max(0, score)) / 100),
            "height": 8, "rx": 4, "fill": SVGValue(ScoreColour.fill(score)),
        ]
        let label: KeyValuePairs<String, SVGValue> = [
            "x": SVGValue(x), "y": SVGValue(y + 13), "font-size": 13, "fill": SVGValue(PlotColours.quiet),
        ]
        let value: KeyValuePairs<String, SVGValue> = [
            "x": SVGValue(x + width), "y": SVGValue(y + 13), "font-size": 14, "font-weight": 600,
            "text-anchor": "end", "fill": SVGValue(PlotColours.ink),
        ]
        return [
            SVGElement("rect", track), SVGElement("rect", fill), SVGElement("text", label, text: name),
            SVGElement("text", value, text: score.plain(decimals: 1)),
        ]
    }

    private var advice: [SVGElement] {
        adviceLines.enumerated().map { index, line in
            SVGElement(
                "text",
                [
                    "x": SVGValue(PlotLayout.margin), "y": SVGValue(adviceY + Double(index) * 22),
                    "font-size": SVGValue(Self.adviceSize), "fill": SVGValue(PlotColours.ink),
                ], text: line)
        }
    }
}
