package import Acoustics
import Pronunciation

/// A reading as a picture that a teacher shows a learner: the sound, and under it words and phones in their scores'
/// colours.
///
/// One self-contained SVG without scripts, fonts or links; 100 to 200 kB for a sentence.
package struct ScorePlot {
    private let reading: AssessedReading
    private let measures: PlotMeasures

    /// - Parameter waveform: The recording that was assessed.
    /// - Throws: What ``Waveform/validate(limits:)`` throws.
    package init(_ reading: AssessedReading, waveform: Waveform) throws(AudioError) {
        self.reading = reading
        measures = try PlotMeasures(waveform)
    }

    package var svg: String {
        let header = PlotHeader(reading: reading)
        let systems = self.systems(from: header.maxY)
        let legend = PlotLegend(
            reading: reading, showsPitch: measures.pitchScale != nil,
            y: (systems.last?.maxY ?? header.maxY) + PlotLayout.systemGap)
        let height = legend.y + PlotLegend.height + PlotLayout.margin / 2
        let background = SVGElement(
            "rect", ["width": SVGValue(PlotLayout.width), "height": SVGValue(height), "fill": "#ffffff"])
        let title = "“\(reading.text)”: \(reading.assessment.grade.rawValue)"
        let content =
            [PlotLegend.definitions, background] + header.elements + systems.flatMap(\.elements) + legend.elements
        return SVGElement(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": SVGValue(PlotLayout.width), "height": SVGValue(height),
                "viewBox": SVGValue("0 0 \(PlotLayout.width.plain(decimals: 0)) \(height.plain(decimals: 2))"),
                "font-family": SVGValue(PlotLayout.fonts), "role": "img",
            ], content
        ).titled(title).svg + "\n"
    }

    /// All lines at one scale, so that lengths can be compared.
    private func systems(from y: Double) -> [PlotSystem] {
        let ranges = PlotLines.ranges(
            reading.assessment, durationInSeconds: measures.waveform.durationInSeconds)
        let longest = ranges.map { $0.upperBound - $0.lowerBound }.max() ?? 1
        var systems: [PlotSystem] = []
        for (index, range) in ranges.enumerated() {
            let time = TimeScale(range: range, x: PlotLayout.left, pixelsPerSecond: PlotLayout.contentWidth / longest)
            systems.append(
                PlotSystem(
                    measures: measures, assessment: reading.assessment, time: time,
                    isLast: index == ranges.count - 1, y: systems.last.map { $0.maxY + PlotLayout.systemGap } ?? y))
        }
        return systems
    }
}
