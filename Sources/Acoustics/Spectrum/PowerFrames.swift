#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The power spectra of a recording's frames, from which cepstra at any warp are made without another transform.
///
/// Frames of 410 samples every 160 at 16 kHz (25.6 ms every 10 ms), pre-emphasis 0.97, Hamming window, 512 points:
/// what the CMU Sphinx acoustic models were trained on.
package struct PowerFrames: Sendable {
    package static let sampleRateInHz = 16_000
    package static let framesPerSecond = 100
    private static let framing = Framing(frameInSamples: 410, hopInSamples: 160, sampleRateInHz: sampleRateInHz)
    private static let sizeInSamples = 512
    static let binCount = sizeInSamples / 2 + 1
    static let binInHz = Double(sampleRateInHz) / Double(sizeInSamples)
    private static let preEmphasis: Float = 0.97

    package let frameCount: Int
    /// `frameCount` rows of ``binCount`` values; samples count in units of a 16-bit recording's least step.
    let values: [Float]

    /// - Parameter waveform: At 16 kHz. A sound shorter than one frame counts as one, filled up with silence.
    /// - Precondition: The sample rate is ``sampleRateInHz``.
    /// - Complexity: O(samples · log 512).
    package init(of waveform: Waveform) {
        precondition(waveform.sampleRateInHz == Self.sampleRateInHz, "Power frames are made of sound at 16 kHz.")
        let emphasised = Self.emphasised(waveform.samples)
        let count = Self.framing.frameCount(inSamples: emphasised.count)
        var transform = FourierTransform(sizeInSamples: Self.sizeInSamples)
        let window = Self.window
        var values: [Float] = []
        values.reserveCapacity(count * Self.binCount)
        var power: [Float] = []
        for frame in 0..<count {
            let range = Self.framing.samples(ofFrame: frame)
            transform.powerSpectrum(of: emphasised.span.extracting(range), window: window.span, into: &power)
            values += power
        }
        self.frameCount = count
        self.values = values
    }

    subscript(frame: Int) -> ArraySlice<Float> { values[frame * Self.binCount..<(frame + 1) * Self.binCount] }

    /// By frame: the power of the emphasised spectrum, in decibels.
    package var levelsInDB: [Float] {
        (0..<frameCount).map { 10 * log10(self[$0].reduce(0, +) + 1) }
    }

    /// Dithered by 0 or 1 step, so that digital silence has a spectrum; the same dither for the same length.
    private static func emphasised(_ samples: [Float]) -> [Float] {
        var noise: UInt64 = 0x9E37_79B9_7F4A_7C15
        var previous: Float = 0
        var result: [Float] = []
        result.reserveCapacity(max(samples.count, framing.frameInSamples))
        for sample in samples {
            noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let scaled = sample * 32_768 + Float(noise >> 63)
            result.append(scaled - preEmphasis * previous)
            previous = scaled
        }
        while result.count < framing.frameInSamples { result.append(0) }
        return result
    }

    /// Symmetric Hamming, as the models' trainer computes it.
    private static let window: [Float] = Window.symmetricHamming(count: framing.frameInSamples)
}
