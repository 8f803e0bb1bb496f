import Acoustics
import Testing

@Suite("Spectra")
struct SpectrumTests {
    private func power(of frame: [Float], size: Int) -> [Float] {
        var transform = FourierTransform(sizeInSamples: size)
        var power: [Float] = []
        let window = [Float](repeating: 1, count: frame.count)
        transform.powerSpectrum(of: frame.span, window: window.span, into: &power)
        return power
    }

    @Test("a sine is one line, at its frequency")
    func line() {
        let spectrum = power(of: Signals.sine(1_000, seconds: 0.032, rate: 16_000, amplitude: 1), size: 512)
        #expect(spectrum.count == 257)
        #expect(abs(spectrum[32] - 256 * 256) < 1)
        #expect(spectrum.indices.filter { spectrum[$0] > 0.01 } == [32])
    }

    @Test("power in time is power in frequency (Parseval)", arguments: [1, 2, 15, 512, 600])
    func parseval(_ size: Int) {
        let frame = Signals.noise(rms: 0.3, count: size)
        let spectrum = power(of: frame, size: size).map(Double.init)
        let mirrored = spectrum.indices.dropFirst().reduce(0.0) { $0 + spectrum[$1] * (2 * $1 == size ? 1 : 2) }
        let inTime = frame.reduce(0.0) { $0 + Double($1 * $1) }
        #expect(abs((spectrum[0] + mirrored) / Double(size) - inTime) < 1e-4 * inTime)
    }

    @Test("a short frame is padded, and a second frame forgets the first")
    func padding() {
        var transform = FourierTransform(sizeInSamples: 8)
        var power: [Float] = []
        let (long, short): ([Float], [Float]) = ([1, 2, 3, 4, 5, 6, 7, 8], [1])
        let (eight, one) = (long.map { _ in Float(1) }, [Float(1)])
        transform.powerSpectrum(of: long.span, window: eight.span, into: &power)
        transform.powerSpectrum(of: short.span, window: one.span, into: &power)
        #expect(power == [1, 1, 1, 1, 1])
    }

    @Test("many threads may plan and transform at once")
    func threads() async {
        let frame = Signals.noise(rms: 0.3, count: 400)
        let expected = power(of: frame, size: 512)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 { group.addTask { power(of: frame, size: 512) == expected } }
            for await same in group { #expect(same) }
        }
    }

    @Test("windows")
    func windows() {
        #expect(Window.hann(count: 4) == [0, 0.5, 1, 0.5])
        for (value, expected) in zip(Window.symmetricHamming(count: 5), [0.08, 0.54, 1, 0.54, 0.08] as [Float]) {
            #expect(abs(value - expected) < 1e-6)
        }
        #expect(Window.hann(count: 0).isEmpty)
    }

    @Test("frames and times")
    func framing() {
        let framing = Framing(frameInSamples: 400, hopInSamples: 160, sampleRateInHz: 16_000)
        #expect([0, 399, 400, 559, 560].map(framing.frameCount(inSamples:)) == [0, 0, 1, 1, 2])
        #expect(framing.samples(ofFrame: 2) == 320..<720)
        #expect(framing.seconds(ofFrame: 1) == 0.0225)
    }
}
