import Reports

/// A frame with axes, in pixels at its natural size.
struct Chart {
    let width = 900.0
    let height: Double
    let left: Double
    let title: String
    private let right = 24.0
    private let top = 34.0
    private let bottom = 44.0

    init(title: String, height: Double, left: Double = 64) {
        (self.title, self.height, self.left) = (title, height, left)
    }

    /// Where values are drawn.
    var xRange: ClosedRange<Double> { left...(width - right) }
    var yRange: ClosedRange<Double> { top...(height - bottom) }

    func x(_ value: Double, in domain: ClosedRange<Double>) -> Double {
        xRange.lowerBound + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
            * (xRange.upperBound - xRange.lowerBound)
    }

    /// Upwards.
    func y(_ value: Double, in domain: ClosedRange<Double>) -> Double {
        yRange.upperBound - (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
            * (yRange.upperBound - yRange.lowerBound)
    }

    func element(_ marks: [SVGElement]) -> SVGElement {
        let heading = label(title, x: left, y: 18, anchor: "start").with(["font-weight": "600", "font-size": 14])
        return SVGElement(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": SVGValue(width), "height": SVGValue(height),
                "viewBox": SVGValue("0 0 \(width.plain(decimals: 0)) \(height.plain(decimals: 1))"),
                "font-family": SVGValue(PlotLayout.fonts), "role": "img",
            ], [heading] + marks
        ).titled(title)
    }

    func label(_ text: String, x: Double, y: Double, anchor: SVGValue) -> SVGElement {
        SVGElement(
            "text", ["x": SVGValue(x), "y": SVGValue(y), "text-anchor": anchor, "fill": SVGValue(PlotColours.ink)],
            text: text)
    }

    func small(_ text: String, x: Double, y: Double, anchor: SVGValue) -> SVGElement {
        label(text, x: x, y: y, anchor: anchor).with(["font-size": 12])
    }

    func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: RGBColour) -> SVGElement {
        SVGElement(
            "line",
            [
                "x1": SVGValue(x1), "y1": SVGValue(y1), "x2": SVGValue(x2), "y2": SVGValue(y2),
                "stroke": SVGValue(colour),
            ])
    }

    /// Lines and figures at round values.
    func horizontalGrid(_ domain: ClosedRange<Double>) -> [SVGElement] {
        Self.ticks(domain).flatMap { tick in
            let y = y(tick, in: domain)
            return [
                line(xRange.lowerBound, y, xRange.upperBound, y, PlotColours.line),
                small(tick.plain(decimals: 2), x: left - 8, y: y + 4, anchor: "end"),
            ]
        }
    }

    func verticalTicks(_ domain: ClosedRange<Double>, signed: Bool = false) -> [SVGElement] {
        Self.ticks(domain).map { tick in
            let text = signed ? tick.signed(decimals: 2) : tick.plain(decimals: 2)
            return small(text, x: x(tick, in: domain), y: yRange.upperBound + 18, anchor: "middle")
        }
    }

    /// What the horizontal axis counts.
    func caption(_ text: String) -> SVGElement {
        small(text, x: (xRange.lowerBound + xRange.upperBound) / 2, y: height - 8, anchor: "middle")
    }

    /// Five to ten round values.
    static func ticks(_ domain: ClosedRange<Double>) -> [Double] {
        let span = domain.upperBound - domain.lowerBound
        let step =
            [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]
            .first { span / $0 <= 10 } ?? span
        let first = (domain.lowerBound / step).rounded(.up)
        return (0...10).map { (first + Double($0)) * step }.filter { $0 <= domain.upperBound + 1e-9 }
    }
}
