import Pronunciation

/// Words that were left out, struck through above the place where they would have been.
struct MissedWordLanes {
    private struct Label {
        let text: String
        let x: Double
        let width: Double
        let lane: Int
        let place: Double
    }

    private let labels: [Label]
    let laneCount: Int

    private static let size = 14.0
    private static let padding = 9.0

    /// - Parameter isLast: Whether words at the very end of the line's time belong to it.
    init(_ assessment: Assessment, time: TimeScale, isLast: Bool) {
        var labels: [Label] = []
        var ends: [Double] = []
        for group in Self.groups(assessment) {
            let second = Double(group.time) / 1000
            let belongs = time.range.contains(second) || (isLast && second >= time.range.upperBound)
            guard belongs else { continue }
            let width = group.text.widthInEms * Self.size + 2 * Self.padding
            let place = time.x(second)
            let x = min(max(place - width / 2, time.x), max(time.x, PlotLayout.width - PlotLayout.right - width))
            let lane = ends.firstIndex { $0 + 4 <= x } ?? ends.count
            if lane == ends.count { ends.append(0) }
            ends[lane] = x + width
            labels.append(Label(text: group.text, x: x, width: width, lane: lane, place: place))
        }
        (self.labels, laneCount) = (labels, ends.count)
    }

    var height: Double { laneCount == 0 ? 0 : Double(laneCount) * PlotLayout.laneHeight + PlotLayout.gap }

    /// Words without another between them stand together.
    private static func groups(_ assessment: Assessment) -> [(text: String, time: Int)] {
        var groups: [(text: String, time: Int)] = []
        var isAfterMissed = false
        for word in assessment.words {
            if !word.isSpoken, isAfterMissed, let last = groups.popLast() {
                groups.append((last.text + " " + word.text, last.time))
            } else if !word.isSpoken {
                groups.append((word.text, word.spanInMilliseconds.lowerBound))
            }
            isAfterMissed = !word.isSpoken
        }
        return groups
    }

    /// - Parameter bottom: How far the marks of the places reach.
    func elements(y: Double, bottom: Double) -> [SVGElement] {
        labels.flatMap { label in
            let top = y + Double(label.lane) * PlotLayout.laneHeight
            let height = PlotLayout.laneHeight - 4
            return [
                SVGElement(
                    "line",
                    [
                        "x1": SVGValue(label.place), "x2": SVGValue(label.place), "y1": SVGValue(top + height),
                        "y2": SVGValue(bottom), "stroke": SVGValue(ScoreColour.ink(0)), "stroke-dasharray": "4 3",
                        "stroke-width": 1.5,
                    ]),
                Self.box(PlotFrame(x: label.x, y: top, width: label.width, height: height)),
                Self.struckText(label.text, x: label.x + label.width / 2, y: top + 15),
            ].map { $0.titled("not said: \(label.text)") }
        }
    }

    static func box(_ frame: PlotFrame) -> SVGElement {
        SVGElement(
            "rect",
            [
                "x": SVGValue(frame.x), "y": SVGValue(frame.y), "width": SVGValue(frame.width),
                "height": SVGValue(frame.height), "rx": 4, "fill": "#ffffff", "stroke": SVGValue(ScoreColour.ink(0)),
                "stroke-dasharray": "4 3", "stroke-width": 1.2,
            ])
    }

    static func struckText(_ text: String, x: Double, y: Double) -> SVGElement {
        SVGElement(
            "text",
            [
                "x": SVGValue(x), "y": SVGValue(y), "font-size": SVGValue(size), "text-anchor": "middle",
                "text-decoration": "line-through", "fill": SVGValue(ScoreColour.ink(0)),
            ], text: text)
    }
}
