/// The lines and figures around a spectrogram.
struct PlotAxes {
    let time: TimeScale
    let spectrogram: PlotFrame
    let highestInHz: Double

    /// Frequencies in kHz on the left.
    var frequencies: [SVGElement] {
        stride(from: 0, through: highestInHz, by: 2000).map { frequency in
            let y = spectrogram.maxY - frequency / highestInHz * spectrogram.height
            let text = (frequency / 1000).plain(decimals: 0) + (frequency + 2000 > highestInHz ? " kHz" : "")
            return label(text, x: spectrogram.x - 8, y: y + (frequency == 0 ? 0 : 4), anchor: "end")
        }
    }

    /// Seconds below, and a mark for each.
    func seconds(y: Double) -> [SVGElement] {
        let step = tickStep
        let first = Int((time.range.lowerBound / step - 1e-9).rounded(.up))
        let last = Int((time.range.upperBound / step + 1e-9).rounded(.down))
        let line = SVGElement(
            "line",
            [
                "x1": SVGValue(time.x), "x2": SVGValue(time.maxX), "y1": SVGValue(y), "y2": SVGValue(y),
                "stroke": SVGValue(PlotColours.quiet), "stroke-opacity": 0.5,
            ])
        return [line]
            + (first...max(first, last)).flatMap { tick in
                let second = Double(tick) * step
                let text = second.plain(decimals: 2) + (tick == last ? " s" : "")
                return [mark(x: time.x(second), y: y), label(text, x: time.x(second), y: y + 19, anchor: "middle")]
            }
    }

    /// A round number of seconds that gives ticks some room.
    private var tickStep: Double {
        [0.05, 0.1, 0.2, 0.5, 1, 2, 5].first { $0 * time.pixelsPerSecond >= 70 } ?? 10
    }

    private func mark(x: Double, y: Double) -> SVGElement {
        SVGElement(
            "line",
            [
                "x1": SVGValue(x), "x2": SVGValue(x), "y1": SVGValue(y), "y2": SVGValue(y + 5),
                "stroke": SVGValue(PlotColours.quiet), "stroke-opacity": 0.5,
            ])
    }

    private func label(_ text: String, x: Double, y: Double, anchor: SVGValue) -> SVGElement {
        SVGElement(
            "text",
            [
                "x": SVGValue(x), "y": SVGValue(y), "font-size": 12, "text-anchor": anchor,
                "fill": SVGValue(PlotColours.quiet),
            ], text: text)
    }
}
