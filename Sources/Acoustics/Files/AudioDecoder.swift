import CSndfile

/// Reads audio files from memory, any depth, mixed to mono.
///
/// WAV, FLAC, Ogg Vorbis, Ogg Opus and MP3 are read in this process. What phones and browsers record besides (M4A, 3GP,
/// WebM, AAC, AMR) goes through ``FFmpeg`` where it is installed.
package enum AudioDecoder {
    /// Decodes a whole file.
    ///
    /// Values beyond full scale are brought back to ±1. Blocks while ffmpeg works, at most for its time limit.
    ///
    /// - Parameters:
    ///   - bytes: The file, as it was uploaded.
    ///   - limits: What is too large, too long or too strange.
    ///   - ffmpeg: Asked only for what needs it.
    /// - Returns: Mono samples within ±1 at the file's own rate; channels are averaged.
    /// - Throws: The ``AudioError`` that says what is wrong with the file.
    package static func decode(
        _ bytes: [UInt8], limits: AudioLimits = AudioLimits(), ffmpeg: FFmpeg = FFmpeg()
    ) throws(AudioError) -> Waveform {
        guard !bytes.isEmpty else { throw .emptyFile }
        guard bytes.count <= limits.bytes else { throw .tooManyBytes(count: bytes.count, limit: limits.bytes) }
        if let container = AudioContainer(sniffing: bytes) { return try decode(bytes, as: container, limits) }
        guard let container = ForeignContainer(sniffing: bytes) else { throw .notAudio }
        if let promised = container.promisedBytes(in: bytes), promised > bytes.count {
            throw .cutOff(foundInBytes: bytes.count, promisedInBytes: promised)
        }
        return try decode(ffmpeg.wav(from: bytes, container, limits: limits), as: .wav, limits)
    }

    private static func decode(
        _ bytes: [UInt8], as container: AudioContainer, _ limits: AudioLimits
    ) throws(AudioError) -> Waveform {
        let file: SoundFile
        do { file = try SoundFile.reading(bytes) } catch { throw .damaged(reason: error.reason) }
        try checkShape(of: file.info, limits: limits)
        let samples = try readMono(file, limits: limits)
        try checkLength(samples.count, of: file.info, in: bytes, container)
        return try finished(samples, sampleRateInHz: Int(file.info.samplerate), limits: limits)
    }

    private static func checkShape(of info: SF_INFO, limits: AudioLimits) throws(AudioError) {
        let rate = Int(info.samplerate)
        guard limits.sampleRatesInHz.contains(rate) else {
            throw .unsupportedSampleRate(inHz: rate, allowed: limits.sampleRatesInHz)
        }
        guard 1...limits.channels ~= Int(info.channels) else {
            throw .tooManyChannels(count: Int(info.channels), limit: limits.channels)
        }
    }

    /// Reads piece by piece, so memory follows what is there and not what a header promises.
    private static func readMono(_ file: borrowing SoundFile, limits: AudioLimits) throws(AudioError) -> [Float] {
        let channels = Int(file.info.channels)
        let mostFrames = Int(limits.durationInSeconds * Double(file.info.samplerate))
        let piece = UnsafeMutableBufferPointer<Float>.allocate(capacity: framesPerPiece * channels)
        defer { piece.deallocate() }
        var mono: [Float] = []
        while true {
            let frames = file.readFrames(into: piece)
            guard frames > 0 else { return mono }
            append(UnsafeBufferPointer(rebasing: piece[..<(frames * channels)]), channels: channels, to: &mono)
            guard mono.count <= mostFrames else { throw .tooLong(limitInSeconds: limits.durationInSeconds) }
        }
    }

    private static let framesPerPiece = 16_384

    /// Averages interleaved channels; each is scaled before the sum, so that finite values stay finite.
    private static func append(_ interleaved: UnsafeBufferPointer<Float>, channels: Int, to mono: inout [Float]) {
        guard channels > 1 else { return mono.append(contentsOf: interleaved) }
        let share = 1 / Float(channels)
        for start in stride(from: 0, to: interleaved.count, by: channels) {
            var sum: Float = 0
            for channel in 0..<channels { sum += interleaved[start + channel] * share }
            mono.append(sum)
        }
    }

    /// A cut-off upload must not be judged as if the learner had stopped speaking there.
    private static func checkLength(
        _ frames: Int, of info: SF_INFO, in bytes: [UInt8], _ container: AudioContainer
    ) throws(AudioError) {
        guard let promised = container.promisedFrames(in: bytes, info: info, found: frames),
            frames + container.toleranceInFrames < promised
        else { return }
        func milliseconds(_ frames: Int) -> Int { Int(Double(frames) * 1000 / Double(info.samplerate)) }
        throw .truncated(
            foundInMilliseconds: milliseconds(frames), promisedInMilliseconds: milliseconds(promised))
    }

    private static func finished(
        _ samples: [Float], sampleRateInHz: Int, limits: AudioLimits
    ) throws(AudioError) -> Waveform {
        let waveform = Waveform(samples: samples, sampleRateInHz: sampleRateInHz)
        try waveform.validate(limits: limits)
        guard samples.contains(where: { abs($0) > 1 }) else { return waveform }
        return Waveform(samples: samples.map { min(max($0, -1), 1) }, sampleRateInHz: sampleRateInHz)
    }
}
