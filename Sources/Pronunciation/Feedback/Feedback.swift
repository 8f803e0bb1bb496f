/// One or two sentences a learner can act on, in Korean and in English.
package struct Feedback: Hashable, Sendable {
    package let korean: String
    package let english: String

    package init(korean: String, english: String) {
        (self.korean, self.english) = (korean, english)
    }

    /// Both languages as one attribute value, Korean first, a line each.
    package var text: String { korean + "\n" + english }

    /// What to do next about a reading: first the words, then the flow.
    ///
    /// The same reading always gets the same words; different sentences get different templates.
    ///
    /// - Parameters:
    ///   - paceRatio: Above 1 is faster than the model; `nil` when unknown.
    ///   - netSpeakingDensity: Speech time ÷ recording time, 0...1; `nil` when unknown.
    package init(alignment: WordAlignment, paceRatio: Double?, netSpeakingDensity: Double?) {
        let advice = WordAdvice.all(for: alignment)
        let flow = FlowAdvice(paceRatio: paceRatio, netSpeakingDensity: netSpeakingDensity)
        self.init(FeedbackChoice.sentences(advice, flow), about: alignment.words.map(\.text))
    }

    /// What to do next about a reading whose sounds are known: missed words, then its weakest sounds and the flow.
    ///
    /// - Parameters: As for a reading whose words alone are known.
    package init(assessment: Assessment, paceRatio: Double?, netSpeakingDensity: Double?) {
        let advice = WordAdvice.all(for: assessment)
        let flow = FlowAdvice(paceRatio: paceRatio, netSpeakingDensity: netSpeakingDensity)
        self.init(FeedbackChoice.sentences(advice, flow), about: assessment.words.map(\.text))
    }

    /// Two pieces of advice have a sentence each, one alone may have two.
    private init(_ pieces: [FeedbackSentence], about words: [String]) {
        let seed = Self.seed(words)
        let limit = pieces.count > 1 ? 1 : 2
        let spoken = pieces.enumerated().map { $1.sentence(seed: seed + $0, preferringAtMost: limit) }
        self.init(
            korean: spoken.map(\.korean).joined(separator: " "), english: spoken.map(\.english).joined(separator: " "))
    }

    /// FNV-1a over the words, so that the choice does not change from run to run as Swift's own hashes do.
    private static func seed(_ words: [String]) -> Int {
        let bytes = words.joined(separator: " ").utf8
        return Int(bytes.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 })
    }
}
