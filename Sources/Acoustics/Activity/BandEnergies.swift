/// The power of each frame in nine bands between 150 and 7,500 Hz, where speech is.
///
/// Frames of 25 ms every 10 ms at the recording's own rate: bands are given in Hz, so resampling would cost more
/// than all the rest and change nothing. Bands beyond half the sample rate are left out.
struct BandEnergies {
    let framing: Framing
    let bandCount: Int
    /// Mean squares relative to full scale, unitless: `frameCount` rows of `bandCount` values.
    private(set) var values: [Float]

    /// Edges near equal steps of the ear's critical bands.
    ///
    /// Hum and handling noise lie below the first.
    private static let edgesInHz: [Double] = [150, 300, 500, 800, 1_200, 1_800, 2_600, 3_700, 5_500, 7_500]

    var frameCount: Int { values.count / bandCount }

    subscript(frame: Int, band: Int) -> Float { values[frame * bandCount + band] }

    /// The whole frame's power in all bands.
    func total(ofFrame frame: Int) -> Float {
        (0..<bandCount).reduce(0) { $0 + self[frame, $1] }
    }

    /// - Complexity: O(frames · frame length · log frame length).
    init(of waveform: Waveform) {
        let rate = waveform.sampleRateInHz
        framing = Framing(
            frameInSamples: waveform.samples(fromSeconds: 0.025), hopInSamples: waveform.samples(fromSeconds: 0.010),
            sampleRateInHz: rate)
        var transform = FourierTransform(sizeInSamples: framing.frameInSamples.nextPowerOfTwo)
        let bands = Self.bins(sampleRateInHz: rate, sizeInSamples: transform.sizeInSamples)
        bandCount = bands.count
        values = []
        let window = Window.hann(count: framing.frameInSamples)
        let scale = 2 / (Float(transform.sizeInSamples) * window.reduce(0) { $0 + $1 * $1 })
        var frame = [Float](repeating: 0, count: framing.frameInSamples)
        var power: [Float] = []
        for index in 0..<framing.frameCount(inSamples: waveform.samples.count) {
            Self.copyCentred(waveform.samples[framing.samples(ofFrame: index)], into: &frame)
            transform.powerSpectrum(of: frame.span, window: window.span, into: &power)
            for band in bands { values.append(power[band].reduce(0, +) * scale) }
        }
    }

    /// Without its mean, so that a microphone's DC offset does not leak into the lowest band.
    private static func copyCentred(_ samples: ArraySlice<Float>, into frame: inout [Float]) {
        let mean = samples.reduce(0, +) / Float(samples.count)
        for (index, sample) in samples.enumerated() { frame[index] = sample - mean }
    }

    private static func bins(sampleRateInHz rate: Int, sizeInSamples size: Int) -> [Range<Int>] {
        zip(edgesInHz, edgesInHz.dropFirst()).filter { $0.1 <= Double(rate) / 2 }.map { low, high in
            func bin(_ frequency: Double) -> Int { Int((frequency * Double(size) / Double(rate)).rounded(.up)) }
            return bin(low)..<bin(high)
        }
    }
}

extension BandEnergies {
    /// The mean over so many frames to each side, fewer at both ends.
    func smoothed(reachInFrames reach: Int) -> BandEnergies {
        var result = self
        for band in 0..<bandCount {
            for frame in 0..<frameCount {
                let around = max(0, frame - reach)...min(frameCount - 1, frame + reach)
                let sum = around.reduce(Float(0)) { $0 + self[$1, band] }
                result.values[frame * bandCount + band] = sum / Float(around.count)
            }
        }
        return result
    }

    /// The least value over so many frames to each side.
    ///
    /// - Complexity: O(frames · bands), however far it reaches.
    func minima(reachInFrames reach: Int) -> BandEnergies {
        var result = self
        for band in 0..<bandCount {
            // Frames that are lower than all behind them as far as has been seen: the first is the least within reach.
            var rising: [Int] = []
            var first = 0
            for last in 0..<frameCount + reach {
                if last < frameCount {
                    while rising.count > first, self[rising[rising.count - 1], band] >= self[last, band] {
                        rising.removeLast()
                    }
                    rising.append(last)
                }
                let frame = last - reach
                guard 0..<frameCount ~= frame else { continue }
                if rising[first] < frame - reach { first += 1 }
                result.values[frame * bandCount + band] = self[rising[first], band]
            }
        }
        return result
    }
}
