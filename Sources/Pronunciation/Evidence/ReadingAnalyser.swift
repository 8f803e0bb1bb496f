package import Acoustics

/// Lays recordings along their sentences and collects what the sound says.
///
/// Made once and shared: nothing in it changes.
package struct ReadingAnalyser: Sendable {
    package let model: AcousticModel
    private let lexicon: Lexicon
    private let network: FrameNetwork

    package init(model: AcousticModel, lexicon: Lexicon, network: FrameNetwork) {
        (self.model, self.lexicon, self.network) = (model, lexicon, network)
    }

    /// A sentence that takes five minutes to read.
    package static let mostWords = 600

    /// The sentence's words with their pronunciations.
    ///
    /// - Throws: ``PronunciationError``, or what the lexicon's transcriber throws.
    package func words(in text: String) async throws -> [PronouncedWord] {
        guard !text.unicodeScalars.contains(where: Hangul.isSyllable) else { throw PronunciationError.notEnglish }
        let words = try await lexicon.words(in: text)
        guard !words.isEmpty else { throw PronunciationError.noWords }
        guard words.count <= Self.mostWords else {
            throw PronunciationError.tooManyWords(count: words.count, limit: Self.mostWords)
        }
        return words
    }

    /// - Throws: ``PronunciationError/tooShortForSentence``, or an `AudioError`.
    package func analyse(_ waveform: Waveform, reading words: [PronouncedWord]) throws -> AnalysedReading {
        let analysis = try UtteranceAnalysis(of: waveform, reading: words, model: model)
        let pitch = try PitchTrack.track(in: waveform)
        let inputs = FrameInputs(of: analysis, model: model)
        let evidence = Evidence(analysis, pitch: pitch, posteriors: network.classify(inputs), model: model)
        return AnalysedReading(analysis: analysis, inputs: inputs, evidence: evidence)
    }

    /// How many syllables are said in a recording of whatever text: the vowels in the likeliest sequence of sounds.
    ///
    /// - Throws: An `AudioError`.
    package func syllables(in waveform: Waveform) throws -> Int {
        let power = PowerFrames(of: try Resampler.resample(waveform, toHz: PowerFrames.sampleRateInHz))
        let plain = PlainScores(of: Cepstra(of: power, warp: 1), model: model, codebooks: model.soundCodebooks)
        let loop = PhoneLoop(plain, model: model)
        return zip(loop.begins, loop.codebooks).count { begins, codebook in
            begins && model.phone(ofCodebook: codebook)?.isVowel == true
        }
    }
}

/// A recording laid along its sentence, with the figures from which it is scored.
package struct AnalysedReading: Sendable {
    package let analysis: UtteranceAnalysis
    package let inputs: FrameInputs
    package let evidence: Evidence
}
