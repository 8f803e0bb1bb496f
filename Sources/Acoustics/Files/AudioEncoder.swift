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
        let waveform = try Resampler.resample(waveform, toHz: rate(for: waveform.sampleRateInHz, in: format))
        return try write(
            waveform.samples.count, atHz: waveform.sampleRateInHz, as: format, { $0.write(waveform.samples) })
    }

    /// Encodes 16-bit sound, which goes into a file as it is where the format's codec has its rate.
    ///
    /// - Throws: As for a ``Waveform``.
    package static func encode(_ sound: PCMWaveform, as format: AudioFormat) throws(AudioError) -> [UInt8] {
        guard rate(for: sound.sampleRateInHz, in: format) == sound.sampleRateInHz else {
            return try encode(sound.waveform, as: format)
        }
        try sound.validate()
        return try write(
            sound.samples.count, atHz: sound.sampleRateInHz, as: format, { $0.write(sound.samples) })
    }

    /// The lowest of a format's rates that keeps all of the sound, or its highest.
    ///
    /// Opus has 8, 12, 16, 24 and 48 kHz; libsndfile says yes to others when asked, and then fails to open.
    private static func rate(for rateInHz: Int, in format: AudioFormat) -> Int {
        let rates: [Int] =
            switch format {
            case .wav, .flac: [rateInHz]
            case .mp3: [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]
            case .oggOpus: [24_000, 48_000]
            }
        return rates.first { $0 >= rateInHz } ?? rates[rates.count - 1]
    }

    /// The file is closed, and with that complete, when this returns.
    ///
    /// - Parameter samples: Whether all of them were written.
    private static func write(
        _ count: Int, atHz rate: Int, as format: AudioFormat, _ samples: (borrowing SoundFile) -> Bool
    ) throws(AudioError) -> [UInt8] {
        // As much as 16-bit PCM needs, which no format exceeds by more than its header.
        let bytes = AudioBytes(reserving: 2 * count + 4_096)
        try write(atHz: rate, as: format, into: bytes, samples)
        guard format == .oggOpus else { return bytes.bytes }
        var pages = bytes.bytes
        OggPages.makeRepeatable(&pages)
        return pages
    }

    private static func write(
        atHz rate: Int, as format: AudioFormat, into bytes: AudioBytes, _ samples: (borrowing SoundFile) -> Bool
    ) throws(AudioError) {
        let file: SoundFile
        do {
            file = try SoundFile.writing(into: bytes, format: format.soundFileFormat, sampleRateInHz: rate)
        } catch { throw .codec(reason: error.reason) }
        if let compression = format.compression { file.set(SFC_SET_COMPRESSION_LEVEL, to: compression) }
        file.clipBeyondFullScale()
        guard samples(file) else { throw .codec(reason: "Not every sample was written.") }
    }
}

extension AudioFormat {
    fileprivate var soundFileFormat: Int {
        switch self {
        case .wav: SF_FORMAT_WAV | SF_FORMAT_PCM_16
        case .flac: SF_FORMAT_FLAC | SF_FORMAT_PCM_16
        case .mp3: SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III
        case .oggOpus: SF_FORMAT_OGG | SF_FORMAT_OPUS
        }
    }

    /// libsndfile's, 0–1, chosen for speed; the default where that is good.
    ///
    /// FLAC at 0 takes two thirds of the default's time for 3 % more bytes. Opus at 0.75 is 70 kbit/s, where it leaves
    /// its speech codec and takes a third of the time that the default's 35 kbit/s do. MP3's default is LAME's newer
    /// variable bitrate, some 74 kbit/s: constant and average bitrates take a third more, and the least that sounds
    /// well (0.6, 55 kbit/s) a tenth less for 4 dB more noise at every frequency, the sibilants' too.
    fileprivate var compression: Double? {
        switch self {
        case .wav, .mp3: nil
        case .flac: 0
        case .oggOpus: 0.75
        }
    }
}
