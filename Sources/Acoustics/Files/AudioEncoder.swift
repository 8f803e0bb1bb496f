import CSndfile

/// Writes sound as a file in memory.
package enum AudioEncoder {
    /// Encodes a whole waveform; the same waveform always gives the same bytes.
    ///
    /// - Parameters:
    ///   - waveform: Mono samples; those beyond ±1 stop at full scale.
    ///   - format: The file format. MP3 and Opus are at a rate their codec has, the waveform's own or the next
    ///     above it.
    /// - Throws: What ``Waveform/validate(limits:)`` throws, or ``AudioError/codec(reason:)``.
    package static func encode(_ waveform: Waveform, as format: AudioFormat) throws(AudioError) -> [UInt8] {
        try waveform.validate()
        switch format {
        case .wav: return try write(waveform, format: SF_FORMAT_WAV | SF_FORMAT_PCM_16)
        case .flac: return try write(waveform, format: SF_FORMAT_FLAC | SF_FORMAT_PCM_16, compression: 0)
        case .mp3:
            let resampled = try resampled(
                waveform, to: [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])
            return try write(resampled, format: SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
        case .oggOpus:
            let resampled = try resampled(waveform, to: [24_000, 48_000])
            var bytes = try write(resampled, format: SF_FORMAT_OGG | SF_FORMAT_OPUS, compression: 0.75)
            OggPages.makeRepeatable(&bytes)
            return bytes
        }
    }

    /// At the lowest of a codec's rates that keeps all of the sound, or at its highest.
    ///
    /// Opus has 8, 12, 16, 24 and 48 kHz; libsndfile says yes to others when asked, and then fails to open.
    private static func resampled(_ waveform: Waveform, to ratesInHz: [Int]) throws(AudioError) -> Waveform {
        let rate = ratesInHz.first { $0 >= waveform.sampleRateInHz } ?? ratesInHz[ratesInHz.count - 1]
        return try Resampler.resample(waveform, toHz: rate)
    }

    /// Compression is libsndfile's, 0–1, chosen for speed.
    ///
    /// FLAC at 0 takes two thirds of the default's time for 3 % more bytes. Opus at 0.75 is 70 kbit/s, where it leaves
    /// its speech codec and takes a third of the time that the default's 35 kbit/s do.
    private static func write(
        _ waveform: Waveform, format: Int, compression: Double? = nil
    ) throws(AudioError) -> [UInt8] {
        let bytes = AudioBytes()
        try write(waveform, format: format, compression: compression, into: bytes)
        return bytes.bytes
    }

    /// The file is closed, and with that complete, when this returns.
    private static func write(
        _ waveform: Waveform, format: Int, compression: Double?, into bytes: AudioBytes
    ) throws(AudioError) {
        let file: SoundFile
        do {
            file = try SoundFile.writing(into: bytes, format: format, sampleRateInHz: waveform.sampleRateInHz)
        } catch { throw .codec(reason: error.reason) }
        if let compression { file.set(SFC_SET_COMPRESSION_LEVEL, to: compression) }
        file.clipBeyondFullScale()
        guard file.write(waveform.samples) else { throw .codec(reason: "Not every sample was written.") }
    }
}
