internal import Acoustics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Figures of single frames, and what they come to over one sound.
struct FrameEvidence {
    private let analysis: UtteranceAnalysis
    /// Codebooks of the 39 sounds, in the order of `Phone.allCases`.
    private let codebooks: [Int]
    private let pauses: [Int]
    /// By frame and codebook: the score of the sound's likeliest state.
    private var likeliest: [Float] = []
    private let codebookCount: Int

    init(_ analysis: UtteranceAnalysis, model: AcousticModel) {
        self.analysis = analysis
        codebooks = Phone.allCases.map { model.codebook(of: $0) }
        pauses = [model.silence, model.noise]
        codebookCount = model.definition.names.count
        let states = ModelDefinition.statesPerPhone
        likeliest.reserveCapacity(analysis.plain.frameCount * codebookCount)
        for first in stride(from: 0, to: analysis.plain.values.count, by: states) {
            likeliest.append(analysis.plain.values[first..<first + states].max() ?? -.infinity)
        }
    }

    func evidence(
        of segment: PhoneSegment, pauses: (before: Int, after: Int), pitch: PitchTrack, speechLevelInDB: Double
    ) -> PhoneEvidence {
        guard let phone = segment.phone, let word = segment.word else {
            preconditionFailure("A sound of the sentence belongs to a word.")
        }
        let frames = segment.frames
        let count = Double(frames.count)
        let differences = frames.map { Double(analysis.alignedScores[$0] - analysis.loop.scores[$0]) }
        let loopScore = frames.reduce(0) { $0 + Double(analysis.loop.scores[$1]) } / count
        let rivals = codebooks.map { score(ofCodebook: $0, in: frames) }
        let pitches = frames.compactMap { pitch.pitch(atFrame: $0) }
        let certainty = certainty(of: segment.codebook, in: frames)
        return PhoneEvidence(
            phone: phone, word: word, frames: frames, goodness: differences.reduce(0, +) / count,
            plainGoodness: rivals[phone.index] - loopScore, worstGoodness: Self.meanOfWorstThird(differences),
            loopScore: loopScore, rivalScores: rivals,
            pauseScore: self.pauses.map { score(ofCodebook: $0, in: frames) }.max() ?? 0,
            agreement: Double(frames.count { analysis.loop.codebooks[$0] == segment.codebook }) / count,
            posterior: certainty.posterior, entropy: certainty.entropy, pauseBefore: pauses.before,
            pauseAfter: pauses.after,
            levelInDB: frames.reduce(0) { $0 + Double(analysis.levelsInDB[$1]) } / count - speechLevelInDB,
            voicedShare: Double(pitches.count) / count,
            logPitch: pitches.count < 2 ? nil : log(pitches.reduce(0, +) / Double(pitches.count)))
    }

    private static func meanOfWorstThird(_ values: [Double]) -> Double {
        let worst = values.sorted().prefix(max(1, values.count / 3))
        return worst.reduce(0, +) / Double(worst.count)
    }

    /// The mean score of the likeliest way through a sound's three states; shorter stretches may leave states out.
    private func score(ofCodebook codebook: Int, in frames: Range<Int>) -> Double {
        let column = PlainScores.column(codebook: codebook, state: 0)
        func at(_ frame: Int, _ state: Int) -> Float { analysis.plain[frame, column + state] }
        let start = frames.lowerBound
        let isShort = frames.count < ModelDefinition.statesPerPhone
        var first = at(start, 0)
        var second = isShort ? at(start, 1) : -.infinity
        var third = frames.count < 2 ? at(start, 2) : -.infinity
        for frame in frames.dropFirst() {
            third = max(third, second, isShort ? first : -.infinity) + at(frame, 2)
            second = max(second, first) + at(frame, 1)
            first += at(frame, 0)
        }
        return Double(isShort ? max(first, second, third) : third) / Double(frames.count)
    }

    /// How sure the frames are of one sound among all.
    private func certainty(of codebook: Int, in frames: Range<Int>) -> (posterior: Double, entropy: Double) {
        var (posterior, entropy) = (0.0, 0.0)
        for frame in frames {
            let row = likeliest[frame * codebookCount..<(frame + 1) * codebookCount]
            let best = row.max() ?? 0
            let sum = row.reduce(Float(0)) { $0 + exp($1 - best) }
            posterior += Double(exp(row[row.startIndex + codebook] - best) / sum)
            entropy += Self.flattenedEntropy(row, best: best)
        }
        return (posterior / Double(frames.count), entropy / Double(frames.count))
    }

    /// The entropy after scores were scaled by 0.3: log densities of 39 values are far too sure of themselves.
    private static func flattenedEntropy(_ row: ArraySlice<Float>, best: Float) -> Double {
        let weights = row.map { exp(0.3 * ($0 - best)) }
        let sum = weights.reduce(0, +)
        return weights.reduce(0.0) { entropy, weight in
            let share = Double(weight / sum)
            return share > 1e-9 ? entropy - share * log(share) : entropy
        }
    }
}
