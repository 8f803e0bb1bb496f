import Acoustics

/// The voice's pitch as a line over the spectrogram, with its scale on the right.
struct PitchContour {
    let track: PitchTrack
    let scale: PitchScale
    let time: TimeScale
    let frame: PlotFrame

    var elements: [SVGElement] {
        let runs = track.voicedRuns.map(points).filter { !$0.isEmpty }
        return runs.map { line($0, "#ffffff", width: 6, opacity: 0.85) }
            + runs.map { line($0, PlotColours.pitch.hex, width: 2.6, opacity: 1) } + ticks
    }

    private func points(_ run: Range<Int>) -> [(x: Double, y: Double)] {
        run.filter { time.range.contains(track.seconds(ofFrame: $0)) }.compactMap { frame in
            track.pitchesInHz[frame].map { (time.x(track.seconds(ofFrame: frame)), scale.y($0, in: self.frame)) }
        }
    }

    /// A single point is a line without length, which round ends make visible.
    private func line(_ points: [(x: Double, y: Double)], _ colour: String, width: Double, opacity: Double)
        -> SVGElement
    {
        let places = (points.count == 1 ? points + points : points).map {
            "\($0.x.plain(decimals: 1)) \($0.y.plain(decimals: 1))"
        }
        return SVGElement(
            "path",
            [
                "d": SVGValue("M" + places.joined(separator: "L")), "fill": "none", "stroke": SVGValue(colour),
                "stroke-width": SVGValue(width), "stroke-opacity": SVGValue(opacity), "stroke-linecap": "round",
                "stroke-linejoin": "round",
            ])
    }

    private var ticks: [SVGElement] {
        scale.ticksInHz.flatMap { pitch in
            let y = scale.y(pitch, in: frame)
            return [
                SVGElement(
                    "line",
                    [
                        "x1": SVGValue(frame.maxX), "x2": SVGValue(frame.maxX + 5), "y1": SVGValue(y),
                        "y2": SVGValue(y), "stroke": SVGValue(PlotColours.pitch),
                    ]),
                SVGElement(
                    "text",
                    [
                        "x": SVGValue(frame.maxX + 9), "y": SVGValue(y + 4), "font-size": 12,
                        "fill": SVGValue(PlotColours.pitch),
                    ], text: pitch.plain(decimals: 0) + (pitch == scale.ticksInHz.last ? " Hz" : "")),
            ]
        }
    }
}
