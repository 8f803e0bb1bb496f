package import Acoustics

/// Scores how a sentence was read, from the sound alone.
///
/// Made once and shared by all who score; nothing in it changes, and the same recording gets the same scores each time.
package struct PronunciationScorer: Sendable {
    package let analyser: ReadingAnalyser
    package let weights: ScoringWeights

    private init(analyser: ReadingAnalyser, weights: ScoringWeights) {
        (self.analyser, self.weights) = (analyser, weights)
    }

    /// With the acoustic model and the dictionary that are installed.
    ///
    /// - Parameters:
    ///   - transcriber: Reads words that the dictionary does not have.
    ///   - weights: The program's own, if left out.
    /// - Throws: ``AcousticModelError``, or ``ScoringWeightsError``.
    /// - Complexity: Reads about 13 MB; some 60 ms.
    package static func installed(
        transcriber: any WordTranscriber, weights: ScoringWeights? = nil
    ) throws -> PronunciationScorer {
        let weights = try weights ?? .builtIn()
        let lexicon = Lexicon(dictionary: try PronouncingDictionary(), transcriber: transcriber)
        let analyser = ReadingAnalyser(
            model: try AcousticModel(), lexicon: lexicon, network: weights.frameNetwork)
        return PronunciationScorer(analyser: analyser, weights: weights)
    }

    /// - Parameters:
    ///   - waveform: A recording that ``RecordingQuality`` found fit.
    ///   - text: One English sentence, at most ``ReadingAnalyser/mostWords`` words.
    ///   - transcript: What someone else heard, beside the same text; it then says which words were missed.
    /// - Throws: ``PronunciationError``, `AudioError`, or what the transcriber throws.
    package func assess(
        _ waveform: Waveform, reading text: String, transcript: WordAlignment? = nil
    ) async throws -> Assessment {
        let words = try await analyser.words(in: text)
        let reading = try analyser.analyse(waveform, reading: words)
        guard weights.resemblance(of: reading.evidence) >= 0 else { throw PronunciationError.anotherSentence }
        let spoken =
            transcript.map { SpokenWords(heardIn: $0) } ?? SpokenWords(of: reading.analysis, model: analyser.model)
        return AssessmentBuilder(reading, spoken: spoken, weights: weights, model: analyser.model).assessment
    }
}
