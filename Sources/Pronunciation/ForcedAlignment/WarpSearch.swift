internal import Acoustics

/// Finds the factor on the frequency axis that brings a voice nearest to the acoustic model's speakers.
///
/// Source: Lee & Rose (1998), "A frequency warping approach to speaker normalization", IEEE Trans. SAP 6(1).
struct WarpSearch {
    /// Above 1 for shorter vocal tracts: the first suits most men, the last small children.
    static let warps = [0.94, 1, 1.06, 1.12, 1.18]

    /// The warp at which the aligned sounds are likeliest.
    private(set) var warp = 1.0
    private(set) var cepstra: Cepstra
    /// Mean log likelihood of a frame of speech at the chosen warp, and at the lowest, above that without.
    private(set) var gain = 0.0
    private(set) var lowestWarpGain = 0.0

    /// - Parameter segments: Which sound is where, found without warping.
    init(_ power: PowerFrames, unwarped: Cepstra, along segments: [PhoneSegment], model: AcousticModel) {
        cepstra = unwarped
        let judge = Judge(segments, model: model)
        let plain = judge.likelihood(of: unwarped)
        var best = plain
        for warp in Self.warps where warp != 1 {
            let warped = Cepstra(of: power, warp: warp)
            let likelihood = judge.likelihood(of: warped)
            if warp == Self.warps[0] { lowestWarpGain = Double(likelihood - plain) }
            if likelihood > best { (best, self.warp, cepstra) = (likelihood, warp, warped) }
        }
        gain = Double(best - plain)
    }

    /// Every third frame of speech, with the state it is in.
    private struct Judge {
        /// Ordered by codebook.
        private var places: [(frame: Int, codebook: Int, state: Int)] = []
        private let model: AcousticModel

        init(_ segments: [PhoneSegment], model: AcousticModel) {
            self.model = model
            var speechFrame = 0
            for segment in segments where segment.phone != nil {
                for frame in segment.frames {
                    if speechFrame.isMultiple(of: 3) {
                        places.append((frame, segment.codebook, segment.state(at: frame)))
                    }
                    speechFrame += 1
                }
            }
            places.sort { $0.codebook < $1.codebook }
        }

        func likelihood(of cepstra: Cepstra) -> Float {
            let evaluator = SenoneEvaluator(cepstra, frames: places.map(\.frame), model: model)
            var sum: Float = 0
            var first = 0
            while first < places.count {
                let codebook = places[first].codebook
                let last = places[first...].firstIndex { $0.codebook != codebook } ?? places.count
                let scores = evaluator.scores(
                    codebook: codebook, weights: model.plainWeights[codebook], places: first..<last)
                for place in first..<last { sum += scores[places[place].state, place] }
                first = last
            }
            return sum / Float(max(1, places.count))
        }
    }
}
