/// A decimated sound cut into frames, centred every hop, with silence around it.
struct PitchFrames {
    /// The root mean square of each frame's sound without its mean.
    let levels: [Float]
    private let padded: [Float]
    private let starts: [Int]
    private let rateInHz: Double
    private let shortestLag: Int
    private let ceiling: Float
    private var difference: PitchDifference

    /// Long enough for one and a half of the longest periods in the default range.
    private static let windowInSeconds = 0.025

    init(_ sound: DecimatedSound, search: PitchSearch) {
        rateInHz = sound.rateInHz
        shortestLag = max(1, Int((rateInHz / search.rangeInHz.upperBound).rounded(.down)))
        let longestLag = max(shortestLag, Int((rateInHz / search.rangeInHz.lowerBound).rounded(.up))) + 1
        difference = PitchDifference(
            windowInSamples: Int((Self.windowInSeconds * rateInHz).rounded()), longestLag: longestLag)
        // No path can pay more for a voiced frame than for an unvoiced one between two voiced ones.
        ceiling = Float(search.voicingThreshold + 2 * search.voicingChangeCost)
        let reach = difference.frameInSamples
        let silence = [Float](repeating: 0, count: reach)
        let padded = silence + sound.samples + silence
        let hop = search.hopInSeconds * rateInHz
        let centre = (difference.windowInSamples + longestLag) / 2
        let starts = (0...Int(Double(sound.samples.count) / hop)).map {
            reach + Int((Double($0) * hop).rounded()) - centre
        }
        let window = difference.windowInSamples + longestLag
        levels = starts.map { Self.level(padded[$0..<$0 + window]) }
        (self.padded, self.starts) = (padded, starts)
    }

    mutating func candidates(inFrame frame: Int) -> [PitchCandidate] {
        padded.withUnsafeBufferPointer { difference.measure($0, at: starts[frame]) }
        return difference.candidates(shortestLag: shortestLag, rateInHz: rateInHz, below: ceiling)
    }

    private static func level(_ samples: ArraySlice<Float>) -> Float {
        var (sum, squares): (Float, Float) = (0, 0)
        for sample in samples {
            sum += sample
            squares += sample * sample
        }
        let mean = sum / Float(samples.count)
        return max(0, squares / Float(samples.count) - mean * mean).squareRoot()
    }
}
