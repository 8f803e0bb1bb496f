import Pronunciation

/// Rows of words and phones in the colours of their scores, each where it was said.
struct ScoredCells {
    let assessment: Assessment
    let time: TimeScale

    func words(y: Double) -> [SVGElement] {
        assessment.words.filter(\.isSpoken).compactMap { word in
            time.frame(word.spanInMilliseconds, y: y, height: PlotLayout.wordHeight).map { frame in
                let score = word.accuracyScore
                return SVGElement(
                    "g", [:],
                    [box(frame, score)] + PlotLabel(word.text, in: frame, size: 16, dy: 20).elements
                        + PlotLabel(score.plain(decimals: 0), in: frame, size: 12, dy: 37, isQuiet: true).elements
                ).titled(title(word.text, word.spanInMilliseconds, score))
            }
        }
    }

    func phones(y: Double) -> [SVGElement] {
        assessment.words.flatMap(\.phones).compactMap { phone in
            time.frame(phone.spanInMilliseconds, y: y, height: PlotLayout.phoneHeight).map { frame in
                let score = phone.accuracyScore
                return SVGElement(
                    "g", [:], [box(frame, score)] + phoneLabels(phone, frame)
                ).titled(title(phone.phone.rawValue, phone.spanInMilliseconds, score))
            }
        }
    }

    /// Beside each other in wide cells, along the cell in narrow ones.
    private func phoneLabels(_ phone: AssessedPhone, _ frame: PlotFrame) -> [SVGElement] {
        let (name, score) = (phone.phone.rawValue, phone.accuracyScore.plain(decimals: 0))
        if frame.width >= 21 {
            return PlotLabel(name, in: frame, size: 12, dy: 16).elements
                + PlotLabel(score, in: frame, size: 10.5, dy: 30, isQuiet: true).elements
        }
        return frame.width >= 10 ? PlotLabel.turned("\(name) \(score)", in: frame, size: 10) : []
    }

    /// Words that belong to no word of the sentence, in the words' row.
    func extras(y: Double) -> [SVGElement] {
        assessment.extraWords.compactMap { extra in
            time.frame(extra.spanInMilliseconds, y: y, height: PlotLayout.wordHeight).map { frame in
                let box = SVGElement(
                    "rect",
                    [
                        "x": SVGValue(frame.x + 0.75), "y": SVGValue(frame.y + 0.75),
                        "width": SVGValue(max(0.5, frame.width - 1.5)), "height": SVGValue(frame.height - 1.5), "rx": 4,
                        "fill": "url(#extra)", "stroke": SVGValue(PlotColours.quiet),
                    ])
                return SVGElement(
                    "g", [:],
                    [box] + PlotLabel("+", in: frame, size: 15, dy: 19).elements
                        + PlotLabel(extra.soundsText, in: frame, size: 11, dy: 36, isQuiet: true).elements
                ).titled("not in the sentence: \(extra.soundsText), \(extra.spanInMilliseconds.secondsText)")
            }
        }
    }

    private func box(_ frame: PlotFrame, _ score: Double) -> SVGElement {
        SVGElement(
            "rect",
            [
                "x": SVGValue(frame.x + 0.5), "y": SVGValue(frame.y), "width": SVGValue(max(0.5, frame.width - 1)),
                "height": SVGValue(frame.height), "rx": SVGValue(min(4, frame.width / 4)),
                "fill": SVGValue(ScoreColour.fill(score)),
            ])
    }

    private func title(_ text: String, _ span: Range<Int>, _ score: Double) -> String {
        "\(text): \(score.plain(decimals: 1)), \(span.secondsText)"
    }
}
