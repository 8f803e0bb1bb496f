/// Mono sound as files hold it: 16-bit samples at a steady rate.
///
/// What a synthesizer speaks comes so and is stored so; a quarter of the memory that passing through a ``Waveform``
/// would touch.
package struct PCMWaveform: Hashable, Sendable {
    /// In order of time; full scale is ±32,768.
    package let samples: [Int16]
    package let sampleRateInHz: Int

    /// - Precondition: `sampleRateInHz` is positive.
    package init(samples: [Int16], sampleRateInHz: Int) {
        precondition(sampleRateInHz > 0, "A waveform needs a positive sample rate.")
        self.samples = samples
        self.sampleRateInHz = sampleRateInHz
    }

    /// Rounded to the nearest millisecond.
    package var durationInMilliseconds: Int {
        Int((Double(samples.count) * 1_000 / Double(sampleRateInHz)).rounded())
    }

    /// For measuring: full scale ±1, exactly.
    package var waveform: Waveform {
        let floats = [Float](unsafeUninitializedCapacity: samples.count) { floats, count in
            // Without a check for each, several are converted at once.
            samples.withUnsafeBufferPointer { samples in
                for index in samples.indices { floats[index] = Float(samples[index]) * (1 / 32_768) }
            }
            count = samples.count
        }
        return Waveform(samples: floats, sampleRateInHz: sampleRateInHz)
    }
}
