#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Power over time and frequency: frame `i` is centred at `i · hopInSeconds`, bin `k` at `k · binInHz`.
package struct Spectrogram: Hashable, Sendable {
    package let hopInSeconds: Double
    package let binInHz: Double
    package let binCount: Int
    /// dB relative to a sine of full scale, at least ``floorInDB``: rows of `binCount` values, a row a frame.
    package let levelsInDB: [Float]

    /// What digital silence counts as: below the noise of 16-bit sound.
    package static let floorInDB: Float = -120

    package var frameCount: Int { binCount == 0 ? 0 : levelsInDB.count / binCount }

    package subscript(frame: Int, bin: Int) -> Float { levelsInDB[frame * binCount + bin] }

    package func seconds(ofFrame frame: Int) -> Double { Double(frame) * hopInSeconds }

    /// Measures frames of 25 ms under a Hann window, with silence around the sound.
    ///
    /// - Parameters:
    ///   - waveform: Mono samples at 8–96 kHz, full scale ±1.
    ///   - hopInSeconds: Positive; rounded to whole samples.
    ///   - highestInHz: Bins above it are left out, and so are those above half the sample rate.
    /// - Throws: What ``Waveform/validate(limits:)`` throws.
    /// - Complexity: O(frames · frame length · log frame length).
    package init(
        of waveform: Waveform, hopInSeconds: Double = 0.005, highestInHz: Double = 8_000
    ) throws(AudioError) {
        try waveform.validate()
        let hop = max(1, waveform.samples(fromSeconds: hopInSeconds))
        let window = Window.hann(count: waveform.samples(fromSeconds: 0.025))
        var transform = FourierTransform(sizeInSamples: window.count.nextPowerOfTwo)
        let binInHz = transform.frequencyInHz(ofBin: 1, sampleRateInHz: waveform.sampleRateInHz)
        let binCount = min(transform.binCount, Int(highestInHz / binInHz) + 1)
        self.hopInSeconds = waveform.seconds(fromSamples: hop)
        (self.binInHz, self.binCount) = (binInHz, binCount)
        let edge = [Float](repeating: 0, count: window.count / 2 + 1)
        let padded = edge + waveform.samples + edge
        let sum = window.reduce(0, +)
        var levels: [Float] = []
        levels.reserveCapacity((waveform.samples.count / hop + 1) * binCount)
        var power: [Float] = []
        for start in stride(from: 1, to: waveform.samples.count + 1, by: hop) {
            let frame = padded.span.extracting(start..<start + window.count)
            transform.powerSpectrum(of: frame, window: window.span, into: &power)
            for bin in 0..<binCount { levels.append(Self.levelInDB(power[bin] * 4 / (sum * sum))) }
        }
        levelsInDB = levels
    }

    private static func levelInDB(_ power: Float) -> Float {
        power > 1e-12 ? 10 * log10f(power) : floorInDB
    }
}
