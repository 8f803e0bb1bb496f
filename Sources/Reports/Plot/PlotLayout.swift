/// Where things stand in a plot, in pixels at its natural size.
package enum PlotLayout {
    static let width = 1200.0
    static let margin = 32.0
    /// Room for the frequencies on the left and the pitches on the right.
    static let left = 74.0
    static let right = 74.0
    static var contentWidth: Double { width - left - right }

    static let waveHeight = 64.0
    static let spectrogramHeight = 170.0
    static let laneHeight = 24.0
    static let wordHeight = 46.0
    static let phoneHeight = 38.0
    static let axisHeight = 26.0
    static let gap = 5.0
    static let systemGap = 22.0

    /// Sound of this length has a line of its own: more would squeeze the phones.
    static let longestLineInSeconds = 6.0

    package static let fonts =
        "'Helvetica Neue', Helvetica, Arial, 'Noto Sans', 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif"
}

/// A rectangle.
struct PlotFrame: Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var midX: Double { x + width / 2 }
    var maxX: Double { x + width }
    var maxY: Double { y + height }
}

/// How a stretch of time lies along a line.
struct TimeScale: Hashable {
    let range: Range<Double>
    let x: Double
    let pixelsPerSecond: Double

    var maxX: Double { x(range.upperBound) }

    func x(_ seconds: Double) -> Double {
        x + (min(max(seconds, range.lowerBound), range.upperBound) - range.lowerBound) * pixelsPerSecond
    }

    /// The rectangle of a span of milliseconds, or `nil` if no part of it lies on this line.
    func frame(_ span: Range<Int>, y: Double, height: Double) -> PlotFrame? {
        let start = x(Double(span.lowerBound) / 1000)
        let end = x(Double(span.upperBound) / 1000)
        return end > start ? PlotFrame(x: start, y: y, width: end - start, height: height) : nil
    }
}
