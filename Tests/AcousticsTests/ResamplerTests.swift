import Acoustics
import Testing

@Suite("Resampling")
struct ResamplerTests {
    @Test("a sine stays that sine", arguments: [8_000, 16_000, 24_000, 48_000, 96_000])
    func sine(_ rate: Int) throws {
        let sound = Waveform(samples: Signals.sine(1_000, seconds: 1, rate: 22_050), sampleRateInHz: 22_050)
        let other = try Resampler.resample(sound, toHz: rate)
        #expect(other.sampleRateInHz == rate && other.samples.count == rate)
        let expected = Signals.sine(1_000, seconds: 1, rate: rate)
        let middle = rate / 10..<rate * 9 / 10
        let error = zip(other.samples[middle], expected[middle]).map { abs($0 - $1) }.max() ?? 1
        #expect(error < 1e-3)
    }

    @Test("what the new rate cannot hold is gone")
    func aliasing() throws {
        let high = Waveform(samples: Signals.sine(10_000, seconds: 1, rate: 48_000), sampleRateInHz: 48_000)
        let low = try Resampler.resample(high, toHz: 16_000)
        #expect(Signals.rms(Array(low.samples[1_000..<15_000])) < 1e-5)
    }

    @Test("lengths are right to the sample", arguments: [1, 2, 7, 100, 22_049])
    func lengths(_ count: Int) throws {
        let sound = Waveform(samples: [Float](repeating: 0.1, count: count), sampleRateInHz: 22_050)
        let expected = Int((Double(count) * 48_000 / 22_050).rounded())
        #expect(abs(try Resampler.resample(sound, toHz: 48_000).samples.count - expected) <= 1)
    }

    @Test("the same rate changes nothing, and nonsense is refused")
    func edges() throws {
        let sound = Waveform(samples: [0.1, 0.2], sampleRateInHz: 16_000)
        #expect(try Resampler.resample(sound, toHz: 16_000) == sound)
        #expect(throws: AudioError.self) { try Resampler.resample(sound, toHz: 0) }
        #expect(throws: AudioError.self) { try Resampler.resample(sound, toHz: -1) }
        #expect(throws: AudioError.noSamples) {
            try Resampler.resample(Waveform(samples: [], sampleRateInHz: 8_000), toHz: 16_000)
        }
    }
}
