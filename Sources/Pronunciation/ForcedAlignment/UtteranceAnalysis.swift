package import Acoustics

/// A recording laid along its sentence: which sound was said when, and how good each was.
package struct UtteranceAnalysis: Sendable {
    package let words: [PronouncedWord]
    /// The factor that brings the speaker's voice nearest to the model's.
    package let warp: Double
    let cepstra: Cepstra
    /// Every sound's score at every frame, at that warp.
    let plain: PlainScores
    let loop: PhoneLoop
    /// The whole recording without gaps, silences included.
    package let segments: [PhoneSegment]
    /// By frame: the score of the sound that is aligned there, its neighbours considered.
    let alignedScores: [Float]

    /// Above 1 for shorter vocal tracts: the first suits most men, the last small children.
    private static let warps = [0.94, 1, 1.06, 1.12, 1.18]

    /// - Parameters:
    ///   - waveform: Any sample rate that can be resampled to 16 kHz.
    ///   - words: At least one.
    /// - Throws: ``PronunciationError/tooShortForSentence``, or the ``AudioError`` of resampling.
    package init(of waveform: Waveform, reading words: [PronouncedWord], model: AcousticModel) throws {
        let power = PowerFrames(of: try Resampler.resample(waveform, toHz: PowerFrames.sampleRateInHz))
        let network = SentenceNetwork(words.map(\.pronunciations), model: model)
        let unwarped = Cepstra(of: power, warp: 1)
        let rough = PlainScores(of: unwarped, model: model, codebooks: network.codebooks(model: model).sorted())
        guard let first = network.align(rough) else { throw PronunciationError.tooShortForSentence }
        (warp, cepstra) = Self.bestWarp(power, unwarped: unwarped, along: first, model: model)
        plain = PlainScores(of: cepstra, model: model, codebooks: model.soundCodebooks)
        guard let second = warp == 1 ? first : network.align(plain) else {
            preconditionFailure("An alignment of as many frames was found before.")
        }
        loop = PhoneLoop(plain, model: model)
        let chain = TriphoneChain(second, cepstra: cepstra, model: model)
        (segments, alignedScores) = chain.align(frameCount: cepstra.frameCount)
        self.words = words
    }

    /// The warp at which the aligned sounds are likeliest, judged by every third frame of speech.
    private static func bestWarp(
        _ power: PowerFrames, unwarped: Cepstra, along segments: [PhoneSegment], model: AcousticModel
    ) -> (Double, Cepstra) {
        var best: (likelihood: Float, warp: Double, cepstra: Cepstra)?
        for warp in warps {
            let cepstra = warp == 1 ? unwarped : Cepstra(of: power, warp: warp)
            let likelihood = likelihood(of: cepstra, along: segments, model: model)
            if likelihood > best?.likelihood ?? -.infinity { best = (likelihood, warp, cepstra) }
        }
        return best.map { ($0.warp, $0.cepstra) } ?? (1, unwarped)
    }

    private static func likelihood(
        of cepstra: Cepstra, along segments: [PhoneSegment], model: AcousticModel
    ) -> Float {
        var evaluator = SenoneEvaluator(cepstra: cepstra, model: model)
        var (sum, count): (Float, Int) = (0, 0)
        var speechFrame = 0
        for segment in segments where segment.phone != nil {
            let senones = model.definition.senones(of: segment.codebook).map { model.weights(of: $0) }
            for frame in segment.frames {
                defer { speechFrame += 1 }
                guard speechFrame % 3 == 0 else { continue }
                evaluator.evaluate(codebook: segment.codebook, frame: frame)
                sum += evaluator.score(senones[segment.state(at: frame)])
                count += 1
            }
        }
        return count == 0 ? -.infinity : sum / Float(count)
    }

    /// Goodness of pronunciation of one segment: how much likelier its frames are as what they should be than as the
    /// likeliest sequence of any sounds.
    ///
    /// Source: Witt & Young (2000), Speech Communication 30(2–3), eq. 4.
    package func goodness(of segment: PhoneSegment) -> Float {
        let sum = segment.frames.reduce(Float(0)) { $0 + alignedScores[$1] - loop.scores[$1] }
        return sum / Float(segment.frames.count)
    }
}
