import Acoustics
import Pronunciation

/// One line of a plot: waveform, spectrogram and pitch, and under them words, phones and time.
struct PlotSystem {
    let measures: PlotMeasures
    let assessment: Assessment
    let time: TimeScale
    let isLast: Bool
    let y: Double

    private var missed: MissedWordLanes { MissedWordLanes(assessment, time: time, isLast: isLast) }

    private var wave: PlotFrame { frame(y: y, height: PlotLayout.waveHeight) }
    private var spectrogram: PlotFrame { frame(y: wave.maxY + PlotLayout.gap, height: PlotLayout.spectrogramHeight) }
    private var lanesY: Double { spectrogram.maxY + PlotLayout.gap }
    private var wordsY: Double { lanesY + missed.height }
    private var phonesY: Double { wordsY + PlotLayout.wordHeight + 3 }
    private var axisY: Double { phonesY + PlotLayout.phoneHeight + PlotLayout.gap }

    var maxY: Double { axisY + PlotLayout.axisHeight }

    private func frame(y: Double, height: Double) -> PlotFrame {
        PlotFrame(x: time.x, y: y, width: time.maxX - time.x, height: height)
    }

    var elements: [SVGElement] {
        let cells = ScoredCells(assessment: assessment, time: time)
        return sound + borders + words(cells)
            + PlotAxes(
                time: time, spectrogram: spectrogram, highestInHz: measures.highestInHz
            ).seconds(y: axisY)
    }

    private func words(_ cells: ScoredCells) -> [SVGElement] {
        cells.extras(y: wordsY) + cells.words(y: wordsY) + cells.phones(y: phonesY)
            + missed.elements(y: lanesY, bottom: wordsY + PlotLayout.wordHeight)
            + [name("words", y: wordsY + PlotLayout.wordHeight / 2), name("sounds", y: phonesY + 19)]
    }

    private var sound: [SVGElement] {
        let picture = SpectrogramPicture(
            spectrogram: measures.spectrogram, loudestInDB: measures.loudestInDB, time: time, frame: spectrogram)
        let outline = SVGElement(
            "rect",
            [
                "x": SVGValue(spectrogram.x), "y": SVGValue(spectrogram.y), "width": SVGValue(spectrogram.width),
                "height": SVGValue(spectrogram.height), "fill": "none", "stroke": SVGValue(PlotColours.line),
            ])
        let contour = measures.pitchScale.map {
            PitchContour(track: measures.pitch, scale: $0, time: time, frame: spectrogram).elements
        }
        return WaveformOutline(waveform: measures.waveform, peak: measures.peak, time: time, frame: wave).elements
            + [picture.element, outline].compactMap(\.self)
            + PlotAxes(time: time, spectrogram: spectrogram, highestInHz: measures.highestInHz).frequencies
            + (contour ?? [])
    }

    /// Where words begin and end, up through the sound.
    private var borders: [SVGElement] {
        let times = assessment.words.filter(\.isSpoken).flatMap {
            [$0.spanInMilliseconds.lowerBound, $0.spanInMilliseconds.upperBound]
        }
        return Set(times).sorted().map { Double($0) / 1000 }.filter(time.range.contains).map { second in
            SVGElement(
                "line",
                [
                    "x1": SVGValue(time.x(second)), "x2": SVGValue(time.x(second)), "y1": SVGValue(wave.y),
                    "y2": SVGValue(spectrogram.maxY + PlotLayout.gap), "stroke": SVGValue(PlotColours.wave),
                    "stroke-opacity": 0.35, "stroke-width": 1,
                ])
        }
    }

    private func name(_ text: String, y: Double) -> SVGElement {
        SVGElement(
            "text",
            [
                "x": SVGValue(PlotLayout.left - 8), "y": SVGValue(y + 4), "font-size": 12, "text-anchor": "end",
                "fill": SVGValue(PlotColours.quiet),
            ], text: text)
    }
}
