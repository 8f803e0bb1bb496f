package import Acoustics

/// A recording laid along its sentence: which sound was said when, and how good each was.
package struct UtteranceAnalysis: Sendable {
    package let words: [PronouncedWord]
    /// The factor that brings the speaker's voice nearest to the model's.
    package let warp: Double
    /// By how much a frame of speech is likelier at the lowest warp, and at the chosen one, than without.
    let lowestWarpGain: Double
    let warpGain: Double
    let cepstra: Cepstra
    /// Every sound's score at every frame, at that warp.
    let plain: PlainScores
    let loop: PhoneLoop
    /// The whole recording without gaps, silences included.
    package let segments: [PhoneSegment]
    /// By frame: the score of the sound that is aligned there, its neighbours considered.
    let alignedScores: [Float]
    /// At the chosen warp.
    let spectrum: LogMelSpectrum
    /// By frame: the power of its spectrum, in decibels.
    let levelsInDB: [Float]

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
        let search = WarpSearch(power, unwarped: unwarped, along: first, model: model)
        (warp, cepstra) = (search.warp, search.cepstra)
        (lowestWarpGain, warpGain) = (search.lowestWarpGain, search.gain)
        levelsInDB = power.levelsInDB
        spectrum = LogMelSpectrum(of: power, warp: warp)
        plain = PlainScores(
            of: cepstra, model: model, codebooks: model.soundCodebooks, known: warp == 1 ? rough : nil)
        guard let second = warp == 1 ? first : network.align(plain) else {
            preconditionFailure("An alignment of as many frames was found before.")
        }
        loop = PhoneLoop(plain, model: model)
        let chain = TriphoneChain(second, cepstra: cepstra, model: model)
        (segments, alignedScores) = chain.align(frameCount: cepstra.frameCount)
        self.words = words
    }
}
