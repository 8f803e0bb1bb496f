extension Waveform {
    /// The one gate: after it, samples are there, finite and not too many, at a rate that we can work with.
    ///
    /// - Throws: ``AudioError/noSamples``, ``AudioError/unsupportedSampleRate(inHz:allowed:)``,
    ///   ``AudioError/tooLong(limitInSeconds:)``, or ``AudioError/notFinite(index:)`` at the first bad sample.
    /// - Complexity: O(`samples.count`).
    package func validate(limits: AudioLimits = AudioLimits()) throws(AudioError) {
        guard limits.sampleRatesInHz.contains(sampleRateInHz) else {
            throw .unsupportedSampleRate(inHz: sampleRateInHz, allowed: limits.sampleRatesInHz)
        }
        guard !samples.isEmpty else { throw .noSamples }
        guard durationInSeconds <= limits.durationInSeconds else {
            throw .tooLong(limitInSeconds: limits.durationInSeconds)
        }
        guard isFinite else { throw .notFinite(index: samples.firstIndex { !$0.isFinite } ?? 0) }
    }

    /// Zero times a finite number is zero, and anything else is NaN: one sum without branches, several times
    /// faster than asking each sample.
    private var isFinite: Bool {
        samples.withUnsafeBufferPointer { buffer in
            var lanes = SIMD8<Float>.zero
            var index = 0
            while index + 8 <= buffer.count {
                let raw = UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped + index)
                lanes += raw.loadUnaligned(as: SIMD8<Float>.self) * 0
                index += 8
            }
            return lanes.sum() == 0 && buffer[index...].allSatisfy(\.isFinite)
        }
    }
}
