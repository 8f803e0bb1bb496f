/// A whole MP3 file of variable bit rate from mono speech at 16 or 22.05 kHz (MPEG-2, layer III).
///
/// LAME makes 600 seconds of speech in a CPU second through libsndfile, and 1,100 at its fastest setting; the
/// synthesiser makes 1,500, so encoding would be most of the work. This encoder makes 3,000: it searches for nothing,
/// since the step of each band follows from the band's power, and has no short blocks.
struct MP3Encoder {
    private let filterbank = MP3Filterbank()
    private let transform = MP3Transform()
    private let quantiser = MP3Quantiser()
    private let coder = MP3SpectrumCoder()

    static let sampleRatesInHz = [16_000, 22_050]
    private static let samplesPerGranule = 576
    /// What this encoder's filters delay sound by; a decoder's add 529 more.
    private static let delayInSamples = 528
    private static let decoderDelayInSamples = 529

    /// - Parameter waveform: Sound at one of ``sampleRatesInHz``; values beyond ±1 stop at full scale.
    func encode(_ waveform: Waveform) -> [UInt8] {
        precondition(Self.sampleRatesInHz.contains(waveform.sampleRateInHz), "MP3 needs 16 or 22.05 kHz.")
        let count = waveform.samples.count
        let needed = count + Self.delayInSamples + Self.decoderDelayInSamples
        let granules = (needed + Self.samplesPerGranule - 1) / Self.samplesPerGranule
        var stream = MP3Stream(sampleRateInHz: waveform.sampleRateInHz, granules: granules)
        encodeGranules(packed(waveform.samples, granules: granules), count: granules, into: &stream)
        let padding = granules * Self.samplesPerGranule - count - Self.delayInSamples
        return stream.finish(delayInSamples: Self.delayInSamples, paddingInSamples: padding)
    }

    /// The samples with the filters' history of silence before them and silence behind.
    private func packed(_ samples: [Float], granules: Int) -> [SIMD8<Float>] {
        let vectors = MP3Filterbank.vectorsRead + (granules - 1) * MP3Filterbank.vectorsPerGranule
        var packed = [SIMD8<Float>](repeating: .zero, count: vectors)
        packed.withUnsafeMutableBytes { bytes in
            let floats = bytes.bindMemory(to: Float.self)
            for (index, sample) in samples.enumerated() { floats[480 + index] = min(max(sample, -1), 1) }
        }
        return packed
    }

    private func encodeGranules(_ samples: [SIMD8<Float>], count: Int, into stream: inout MP3Stream) {
        let slots = MP3Filterbank.vectorsPerGranule
        var lines = [Float](repeating: 0, count: MP3Transform.roomForLines)
        var granule = MP3Granule()
        // The bands of two granules: the one before, and this one.
        var bands = [SIMD8<Float>](repeating: .zero, count: 2 * slots)
        samples.withUnsafeBufferPointer { samples in
            bands.withUnsafeMutableBufferPointer { bands in
                guard let start = samples.baseAddress, let previous = bands.baseAddress else { return }
                for index in 0..<count {
                    filterbank.analyse(start + index * slots, into: previous + slots)
                    transform.analyse(previous: previous, current: previous + slots, into: &lines)
                    append(lines, attack: MP3Attack.sharpness(previous), using: &granule, to: &stream)
                    previous.update(from: previous + slots, count: slots)
                }
            }
        }
    }

    /// Takes more noise into account until the granule fits; the loudest noise needs that, speech does not.
    private func append(
        _ lines: [Float], attack: Float, using granule: inout MP3Granule, to stream: inout MP3Stream
    ) {
        var attack = attack
        repeat {
            quantiser.quantise(lines, attack: attack, into: &granule)
            attack -= 1
        } while !stream.append(granule, coder: coder)
    }
}
