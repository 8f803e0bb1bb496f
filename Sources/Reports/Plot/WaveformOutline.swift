import Acoustics

/// A waveform's highest and lowest sample in each pixel, as a filled shape.
struct WaveformOutline {
    let waveform: Waveform
    /// The amplitude that reaches the frame's edge.
    let peak: Float
    let time: TimeScale
    let frame: PlotFrame

    var elements: [SVGElement] {
        let middle = frame.y + frame.height / 2
        let axis = SVGElement(
            "line",
            [
                "x1": SVGValue(frame.x), "x2": SVGValue(frame.maxX), "y1": SVGValue(middle), "y2": SVGValue(middle),
                "stroke": SVGValue(PlotColours.line),
            ])
        let shape = SVGElement(
            "path",
            [
                "d": SVGValue(path), "fill": SVGValue(PlotColours.wave), "stroke": SVGValue(PlotColours.wave),
                "stroke-width": 0.6, "stroke-linejoin": "round",
            ])
        return [axis, shape]
    }

    private var path: String {
        let columns = (0..<max(1, Int(frame.width))).compactMap(extremes)
        let tops = columns.map { "\($0.x.plain(decimals: 1)) \(y($0.high))" }
        let bottoms = columns.reversed().map { "\($0.x.plain(decimals: 1)) \(y($0.low))" }
        return "M" + (tops + bottoms).joined(separator: "L") + "Z"
    }

    private func y(_ amplitude: Float) -> String {
        let share = peak > 0 ? Double(amplitude / peak) : 0
        return (frame.y + frame.height / 2 * (1 - share * 0.96)).plain(decimals: 1)
    }

    private func extremes(_ column: Int) -> (x: Double, high: Float, low: Float)? {
        let start = time.range.lowerBound + Double(column) / time.pixelsPerSecond
        let end = start + 1 / time.pixelsPerSecond
        let first = waveform.samples(fromSeconds: start)
        let part = waveform.samples[
            (first..<max(first + 1, waveform.samples(fromSeconds: end))).clamped(to: waveform.samples.indices)]
        guard let high = part.max(), let low = part.min() else { return nil }
        return (frame.x + Double(column) + 0.5, high, low)
    }
}
