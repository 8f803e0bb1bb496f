import Acoustics
import Foundation
import Testing

@Suite("Spectrograms")
struct SpectrogramTests {
    private func spectrogram(_ samples: [Float], rate: Int = 16_000, hop: Double = 0.005) throws -> Spectrogram {
        try Spectrogram(of: Waveform(samples: samples, sampleRateInHz: rate), hopInSeconds: hop)
    }

    /// The loudest bin's frequency in a frame.
    private func peakInHz(_ spectrogram: Spectrogram, _ frame: Int) -> Double {
        let bins = 0..<spectrogram.binCount
        let peak = bins.max { spectrogram[frame, $0] < spectrogram[frame, $1] } ?? 0
        return Double(peak) * spectrogram.binInHz
    }

    @Test("a sine of full scale is 0 dB at its frequency, one of a tenth is −20", arguments: [8_000, 16_000, 44_100])
    func tone(_ rate: Int) throws {
        for (amplitude, level) in [(1.0, Float(0)), (0.1, -20)] {
            let found = try spectrogram(
                Signals.sine(1_000, seconds: 0.2, rate: rate, amplitude: amplitude), rate: rate)
            for frame in 4..<found.frameCount - 4 {
                #expect(abs(peakInHz(found, frame) - 1_000) <= found.binInHz)
                let loudest = (0..<found.binCount).map { found[frame, $0] }.max() ?? 0
                #expect(abs(loudest - level) < 1.5)
            }
        }
    }

    @Test("frames stand at their times: a tone that begins half way is heard from there")
    func onset() throws {
        let samples =
            Signals.silence(seconds: 0.5, rate: 16_000) + Signals.sine(2_000, seconds: 0.5, rate: 16_000, amplitude: 1)
        let found = try spectrogram(samples)
        #expect(found.frameCount == 200 && found.seconds(ofFrame: 100) == 0.5)
        // Half of the window lies in the tone: −6 dB.
        let bin = Int((2_000 / found.binInHz).rounded())
        #expect(abs(found[100, bin] + 6) < 0.5)
        #expect(found[96, bin] < -40 && abs(found[104, bin]) < 0.5)
        #expect(found[0, 0] == Spectrogram.floorInDB)
    }

    @Test("bins end at 8 kHz or half the sample rate, whichever is less")
    func bins() throws {
        for (rate, highest) in [(8_000, 4_000.0), (16_000, 8_000), (48_000, 8_000)] {
            let found = try spectrogram([Float](repeating: 0.1, count: rate), rate: rate)
            #expect(abs(Double(found.binCount - 1) * found.binInHz - highest) < found.binInHz)
        }
    }

    @Test("a sound shorter than a window has frames all the same", arguments: [1, 79, 80, 81, 399])
    func short(_ count: Int) throws {
        let found = try spectrogram([Float](repeating: 0.5, count: count))
        #expect(found.frameCount == (count + 79) / 80)
        #expect(found.levelsInDB.allSatisfy { $0.isFinite && $0 >= Spectrogram.floorInDB })
    }

    @Test("a tone that sweeps climbs")
    func sweep() throws {
        let samples = (0..<16_000).map { index in
            let time = Double(index) / 16_000
            return Float(0.5 * sin(2 * .pi * (500 * time + 2_500 * time * time)))
        }
        let found = try spectrogram(samples, hop: 0.01)
        for frame in 3..<97 {
            let expected = 500 + 5_000 * found.seconds(ofFrame: frame)
            #expect(abs(peakInHz(found, frame) - expected) < 100)
        }
    }
}
