import Acoustics

/// The pitches that a plot shows, from the bottom to the top of its spectrogram.
struct PitchScale: Hashable {
    let rangeInHz: ClosedRange<Double>

    /// Wide enough for all pitches of a recording with some room; `nil` if it has none.
    init?(_ track: PitchTrack) {
        let pitches = track.pitchesInHz.compactMap(\.self)
        guard let low = pitches.min(), let high = pitches.max() else { return nil }
        let bottom = max(0, ((low - 30) / 50).rounded(.down) * 50)
        let top = max(bottom + 150, ((high + 30) / 50).rounded(.up) * 50)
        rangeInHz = bottom...top
    }

    /// Round pitches inside the range, three to six.
    var ticksInHz: [Double] {
        let span = rangeInHz.upperBound - rangeInHz.lowerBound
        let step = span <= 300 ? 50.0 : 100
        return Array(stride(from: rangeInHz.lowerBound + step, to: rangeInHz.upperBound, by: step))
    }

    func y(_ pitchInHz: Double, in frame: PlotFrame) -> Double {
        let span = rangeInHz.upperBound - rangeInHz.lowerBound
        return frame.maxY - (pitchInHz - rangeInHz.lowerBound) / span * frame.height
    }
}
