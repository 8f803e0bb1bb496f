/// Mono sound: samples at a steady rate, full scale ±1.
package struct Waveform: Hashable, Sendable {
    /// Unitless amplitudes in order of time.
    ///
    /// Audio that went through ``AudioDecoder`` is finite and within ±1.
    package let samples: [Float]
    package let sampleRateInHz: Int

    /// - Precondition: `sampleRateInHz` is positive. Whether samples are finite is asked by ``validate(limits:)``.
    package init(samples: [Float], sampleRateInHz: Int) {
        precondition(sampleRateInHz > 0, "A waveform needs a positive sample rate.")
        self.samples = samples
        self.sampleRateInHz = sampleRateInHz
    }

    package var durationInSeconds: Double { seconds(fromSamples: samples.count) }

    /// Rounded to the nearest millisecond.
    package var durationInMilliseconds: Int { Int((durationInSeconds * 1000).rounded()) }

    /// The nearest sample position to a time; not bounded by the waveform's length.
    package func samples(fromSeconds seconds: Double) -> Int {
        Int((seconds * Double(sampleRateInHz)).rounded())
    }

    package func seconds(fromSamples count: Int) -> Double {
        Double(count) / Double(sampleRateInHz)
    }

    /// The part between two times in seconds, cut to what there is.
    package subscript(seconds range: Range<Double>) -> Waveform {
        let bounds = (samples(fromSeconds: range.lowerBound)..<samples(fromSeconds: range.upperBound))
            .clamped(to: samples.indices)
        return Waveform(samples: Array(samples[bounds]), sampleRateInHz: sampleRateInHz)
    }
}
