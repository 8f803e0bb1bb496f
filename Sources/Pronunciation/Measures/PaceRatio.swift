/// How fast a learner speaks beside the model: the model's speaking time ÷ the learner's, above 1 is faster.
package enum PaceRatio {
    /// Against the model sentence.
    ///
    /// - Returns: `nil` unless both times are numbers above 0.
    package static func ratio(
        modelSpeakingInMilliseconds model: Double, learnerSpeakingInMilliseconds learner: Double
    ) -> Double? {
        guard model.isFinite, learner.isFinite, model > 0, learner > 0 else { return nil }
        let ratio = model / learner
        return ratio.isFinite ? ratio : nil
    }

    /// Against the model voice saying the same words, for free speech without a model sentence.
    ///
    /// The model's time is estimated: the transcript's syllables at ``modelSyllablesPerSecond(isKorean:)``.
    ///
    /// - Returns: `nil` without syllables or speaking time, that is, when the pace is unknown.
    package static func ratio(transcript: String, learnerSpeakingInMilliseconds learner: Double) -> Double? {
        ratio(
            syllables: SyllableCounter.count(in: transcript),
            isKorean: transcript.unicodeScalars.contains(where: Hangul.isSyllable),
            learnerSpeakingInMilliseconds: learner)
    }

    /// The same for syllables that were counted elsewhere.
    package static func ratio(
        syllables: Int, isKorean: Bool, learnerSpeakingInMilliseconds learner: Double
    ) -> Double? {
        let model = Double(syllables) / modelSyllablesPerSecond(isKorean: isKorean) * 1000
        return ratio(modelSpeakingInMilliseconds: model, learnerSpeakingInMilliseconds: learner)
    }

    /// What the model voice speaks, in syllables a second of speaking time.
    ///
    /// Measured: espeak-ng's voices `en-us` and `ko` at its usual 175 words a minute, 15 everyday sentences each, silence
    /// at both ends trimmed; 164 syllables in 32.3 s and 207 in 37.4 s.
    static func modelSyllablesPerSecond(isKorean: Bool) -> Double {
        isKorean ? 5.5 : 5.1
    }
}
