internal import Acoustics

/// What the frame network sees of each frame: the spectrum, and how the acoustic model likes each of its sounds.
package struct FrameInputs: Sendable {
    package static let bandCount = LogMelSpectrum.bandCount
    /// The model's sounds, silence and noise among them.
    package static let soundCount = 41
    package static let count = bandCount + soundCount

    package let frameCount: Int
    /// `frameCount` rows of ``count`` values.
    package let values: [Float]

    /// The spectrum is standardised over the frames of speech; a sound's score is that of its likeliest state, relative
    /// to the frame's likeliest sound.
    package init(of analysis: UtteranceAnalysis, model: AcousticModel) {
        frameCount = analysis.plain.frameCount
        let spectrum = Self.standardised(analysis.spectrum, over: analysis.segments)
        let columns = model.soundCodebooks.map { PlainScores.column(codebook: $0, state: 0) }
        precondition(
            columns.count == Self.soundCount, "The acoustic model has as many sounds as the network was fitted to.")
        var values: [Float] = []
        values.reserveCapacity(frameCount * Self.count)
        for frame in 0..<frameCount {
            values += spectrum[frame * Self.bandCount..<(frame + 1) * Self.bandCount]
            let scores = columns.map { column in
                (0..<ModelDefinition.statesPerPhone).reduce(-Float.infinity) {
                    max($0, analysis.plain[frame, column + $1])
                }
            }
            let best = scores.max() ?? 0
            values += scores.map { max($0 - best, -12) / 4 + 1 }
        }
        self.values = values
    }

    private static func standardised(_ spectrum: LogMelSpectrum, over segments: [PhoneSegment]) -> [Float] {
        let frames = segments.filter { $0.phone != nil }.flatMap(\.frames)
        var means = [Float](repeating: 0, count: bandCount)
        for frame in frames {
            for band in 0..<bandCount { means[band] += spectrum.values[frame * bandCount + band] / Float(frames.count) }
        }
        let deviation = Sample(
            frames.flatMap { frame in (0..<bandCount).map { Double(spectrum.values[frame * bandCount + $0]) } }
        ).deviation
        let scale = 1 / (Float(deviation) + 1e-3)
        return spectrum.values.indices.map { index in
            let value = (spectrum.values[index] - means[index % bandCount]) * scale
            return 0.8 * min(max(value, -4), 4)
        }
    }
}
