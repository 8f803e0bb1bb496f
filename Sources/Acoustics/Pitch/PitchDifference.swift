internal import CInnerLoops

/// How much a sound differs from itself, shifted by each lag: low where it repeats.
///
/// Source: de Cheveigné & Kawahara (2002), eqs. 6 and 8, with a fixed window.
struct PitchDifference {
    let windowInSamples: Int
    let longestLag: Int
    /// Summed squares of the differences, indexed by lag; the padding behind `longestLag` is of no meaning.
    private(set) var raw: [Float]
    /// The difference ÷ its mean over all shorter lags, unitless; 1 at lag 0 and throughout silence.
    private(set) var normalised: [Float]

    private static let lanes = Int(pitch_lanes)

    init(windowInSamples: Int, longestLag: Int) {
        precondition(windowInSamples > 0 && longestLag > 0, "A window and a lag have at least one sample.")
        self.windowInSamples = windowInSamples
        self.longestLag = longestLag
        raw = [Float](repeating: 0, count: (longestLag / Self.lanes + 1) * Self.lanes)
        normalised = [Float](repeating: 1, count: longestLag + 1)
    }

    /// Samples that a frame must have: the window and its furthest shift, rounded up to whole vectors.
    var frameInSamples: Int { windowInSamples + raw.count }

    /// Measures the frame that begins at `start`.
    ///
    /// The direct sum beats a Fourier transform at these sizes.
    ///
    /// - Precondition: `frameInSamples` samples follow `start`; they are finite.
    mutating func measure(_ samples: UnsafeBufferPointer<Float>, at start: Int) {
        precondition(start >= 0 && start + frameInSamples <= samples.count, "The frame lies within the samples.")
        let frame = samples.baseAddress.unsafelyUnwrapped + start
        lag_differences(frame, Int32(windowInSamples), Int32(raw.count), &raw)
        normalise()
    }

    private mutating func normalise() {
        var sum: Float = 0
        for lag in 1...longestLag {
            sum += raw[lag]
            normalised[lag] = sum > 0 ? raw[lag] * Float(lag) / sum : 1
        }
    }
}
