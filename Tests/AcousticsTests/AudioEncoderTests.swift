import Acoustics
import Foundation
import Testing

@Suite("Encoding")
struct AudioEncoderTests {
    @Test(
        "sound comes back as it was", arguments: AudioFormat.allCases,
        [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000])
    func roundTrip(_ format: AudioFormat, rate: Int) throws {
        let sound = Waveform(samples: Signals.sine(1_000, seconds: 1.5, rate: rate), sampleRateInHz: rate)
        let back = try AudioDecoder.decode(try AudioEncoder.encode(sound, as: format))
        // Opus may keep its last frame whole; every other format gives back the length exactly, but for resampling.
        let tolerance = format == .oggOpus ? 0.02 : format == .mp3 ? 0.08 : 0
        #expect(abs(back.durationInSeconds - sound.durationInSeconds) <= tolerance)
        let middle = back[seconds: 0.5..<1]
        let loudness = Signals.rms(middle.samples) / Signals.rms(sound.samples)
        // LAME turns a lone tone down by a tenth at some rates.
        #expect(abs(loudness - 1) < (format == .mp3 ? 0.15 : 0.05))
        #expect(purity(of: middle, atHz: 1_000) > 0.99)
    }

    /// The share of power that is at one frequency.
    private func purity(of waveform: Waveform, atHz frequency: Double) -> Double {
        let rate = Double(waveform.sampleRateInHz)
        var (real, imaginary) = (0.0, 0.0)
        for (index, sample) in waveform.samples.enumerated() {
            real += Double(sample) * cos(2 * .pi * frequency * Double(index) / rate)
            imaginary += Double(sample) * sin(2 * .pi * frequency * Double(index) / rate)
        }
        let count = Double(waveform.samples.count)
        let power = Signals.rms(waveform.samples) * Signals.rms(waveform.samples)
        return (real * real + imaginary * imaginary) * 2 / (count * count) / power
    }

    @Test("the same sound gives the same bytes", arguments: AudioFormat.allCases)
    func deterministic(_ format: AudioFormat) throws {
        let sound = Waveform(samples: Signals.noise(rms: 0.1, count: 30_000), sampleRateInHz: 22_050)
        #expect(try AudioEncoder.encode(sound, as: format) == AudioEncoder.encode(sound, as: format))
    }

    @Test("16-bit sound becomes what the same sound becomes as floats", arguments: AudioFormat.allCases)
    func sixteenBits(_ format: AudioFormat) throws {
        for rate in [22_050, 24_000, 96_000] {
            let noise = Signals.noise(rms: 0.1, count: 30_000).map { Int16(max(-32_768, min(32_767, $0 * 32_768))) }
            let sound = PCMWaveform(samples: [.min, .max, 0, -1, 1] + noise, sampleRateInHz: rate)
            let step: Float = 1 / 32_768
            #expect(Array(sound.waveform.samples.prefix(5)) == [-1, 1 - step, 0, -step, step])
            #expect(sound.durationInMilliseconds == sound.waveform.durationInMilliseconds)
            let bytes = try AudioEncoder.encode(sound, as: format)
            let same = try AudioEncoder.encode(sound.waveform, as: format)
            if [.wav, .flac].contains(format) {
                #expect(bytes == same, "\(rate) Hz")
            } else {
                // Codecs scale the two by 32,768 and 32,767, and may then choose differently.
                let (sound, other) = (try AudioDecoder.decode(bytes), try AudioDecoder.decode(same))
                #expect(sound.samples.count == other.samples.count && sound.sampleRateInHz == other.sampleRateInHz)
                #expect(abs(Signals.rms(sound.samples) / Signals.rms(other.samples) - 1) < 0.01, "\(rate) Hz")
            }
        }
        #expect(throws: AudioError.noSamples) {
            try AudioEncoder.encode(PCMWaveform(samples: [], sampleRateInHz: 22_050), as: format)
        }
        #expect(throws: AudioError.unsupportedSampleRate(inHz: 100, allowed: 8_000...96_000)) {
            try AudioEncoder.encode(PCMWaveform(samples: [0], sampleRateInHz: 100), as: format)
        }
    }

    @Test("samples beyond full scale stop there", arguments: [AudioFormat.wav, .flac])
    func clipping(_ format: AudioFormat) throws {
        let loud = Waveform(samples: [2, -2, 1, -1, 0.5], sampleRateInHz: 16_000)
        let back = try AudioDecoder.decode(try AudioEncoder.encode(loud, as: format)).samples
        #expect(back == [32_767.0 / 32_768, -1, 32_767.0 / 32_768, -1, 0.5])
    }

    @Test(
        "one sample, and lengths around a codec's frame", arguments: AudioFormat.allCases,
        [1, 575, 576, 577, 1_151, 1_153])
    func shortest(_ format: AudioFormat, count: Int) throws {
        let sound = Waveform(samples: Signals.noise(rms: 0.1, count: count), sampleRateInHz: 22_050)
        let bytes = try AudioEncoder.encode(sound, as: format)
        #expect(try !AudioDecoder.decode(bytes).samples.isEmpty)
    }

    @Test("what cannot be encoded is refused", arguments: AudioFormat.allCases)
    func refused(_ format: AudioFormat) {
        #expect(throws: AudioError.noSamples) {
            try AudioEncoder.encode(Waveform(samples: [], sampleRateInHz: 22_050), as: format)
        }
        #expect(throws: AudioError.notFinite(index: 9)) {
            try AudioEncoder.encode(
                Waveform(
                    samples: Signals.silence(seconds: 0.0005, rate: 22_050).prefix(9) + [.infinity],
                    sampleRateInHz: 22_050),
                as: format)
        }
        #expect(throws: AudioError.unsupportedSampleRate(inHz: 100, allowed: 8_000...96_000)) {
            try AudioEncoder.encode(Waveform(samples: [0], sampleRateInHz: 100), as: format)
        }
    }

    @Test("names that the web knows")
    func names() {
        #expect(AudioFormat.allCases.map(\.rawValue) == ["mp3", "ogg_opus", "flac", "wav"])
        #expect(AudioFormat.allCases.map(\.contentType) == ["audio/mpeg", "audio/ogg", "audio/flac", "audio/wav"])
        #expect(AudioFormat.allCases.map(\.fileExtension) == ["mp3", "ogg", "flac", "wav"])
    }
}
