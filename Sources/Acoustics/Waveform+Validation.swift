extension Waveform {
    /// The one gate: after it, samples are there, finite and not too many, at a rate that we can work with.
    ///
    /// - Throws: ``AudioError/noSamples``, ``AudioError/unsupportedSampleRate(inHz:allowed:)``,
    ///   ``AudioError/tooLong(limitInSeconds:)``, or ``AudioError/notFinite(index:)`` at the first bad sample.
    /// - Complexity: O(`samples.count`).
    package func validate(limits: AudioLimits = AudioLimits()) throws(AudioError) {
        try limits.check(sampleCount: samples.count, sampleRateInHz: sampleRateInHz)
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

extension PCMWaveform {
    /// - Throws: What ``Waveform/validate(limits:)`` throws; no sample here can be NaN.
    package func validate(limits: AudioLimits = AudioLimits()) throws(AudioError) {
        try limits.check(sampleCount: samples.count, sampleRateInHz: sampleRateInHz)
    }
}

extension AudioLimits {
    fileprivate func check(sampleCount: Int, sampleRateInHz: Int) throws(AudioError) {
        guard sampleRatesInHz.contains(sampleRateInHz) else {
            throw .unsupportedSampleRate(inHz: sampleRateInHz, allowed: sampleRatesInHz)
        }
        guard sampleCount > 0 else { throw .noSamples }
        guard Double(sampleCount) <= durationInSeconds * Double(sampleRateInHz) else {
            throw .tooLong(limitInSeconds: durationInSeconds)
        }
    }
}
