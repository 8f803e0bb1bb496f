import CSndfile

/// Writes sound as a file in memory.
package enum AudioEncoder {
    /// Encodes a whole waveform; the same waveform always gives the same bytes.
    ///
    /// - Parameters:
    ///   - waveform: Mono samples; those beyond ±1 stop at full scale.
    ///   - format: The file format. Opus files are at 24 or 48 kHz, whatever the waveform's rate is.
    /// - Throws: What ``Waveform/validate(limits:)`` throws, or ``AudioError/codec(reason:)``.
    package static func encode(_ waveform: Waveform, as format: AudioFormat) throws(AudioError) -> [UInt8] {
        try waveform.validate()
        switch format {
        case .wav: return try write(waveform, format: SF_FORMAT_WAV | SF_FORMAT_PCM_16)
        case .flac: return try write(waveform, format: SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
        case .mp3:
            let resampled = try Resampler.resample(waveform, toHz: waveform.sampleRateInHz <= 16_000 ? 16_000 : 22_050)
            return MP3Encoder().encode(resampled)
        case .oggOpus:
            let resampled = try Resampler.resample(waveform, toHz: opusRate(for: waveform.sampleRateInHz))
            return try write(resampled, format: SF_FORMAT_OGG | SF_FORMAT_OPUS)
        }
    }

    /// Opus knows 8, 12, 16, 24 and 48 kHz; libsndfile accepts others when asked and then fails to open.
    private static func opusRate(for rateInHz: Int) -> Int { rateInHz <= 24_000 ? 24_000 : 48_000 }

    private static func write(_ waveform: Waveform, format: Int) throws(AudioError) -> [UInt8] {
        let bytes = AudioBytes()
        try write(waveform, format: format, into: bytes)
        return bytes.bytes
    }

    /// The file is closed, and with that complete, when this returns.
    private static func write(_ waveform: Waveform, format: Int, into bytes: AudioBytes) throws(AudioError) {
        let file: SoundFile
        do {
            file = try SoundFile.writing(into: bytes, format: format, sampleRateInHz: waveform.sampleRateInHz)
        } catch { throw .codec(reason: error.reason) }
        file.clipBeyondFullScale()
        guard file.write(waveform.samples) else { throw .codec(reason: "Not every sample was written.") }
    }
}
