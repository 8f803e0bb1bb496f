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
        let words = WordAdvice.all(for: alignment)
        let flow = FlowAdvice(paceRatio: paceRatio, netSpeakingDensity: netSpeakingDensity)
        let sentences = Self.chosen(words, flow)
        let seed = Self.seed(alignment)
        let spoken = sentences.map { $0.sentence(seed: seed) }
        self.init(
            korean: spoken.map(\.korean).joined(separator: " "), english: spoken.map(\.english).joined(separator: " "))
    }

    /// The gravest advice on words, and one more thing: the flow, else the next gravest.
    private static func chosen(_ words: [WordAdvice], _ flow: FlowAdvice?) -> [FeedbackSentence] {
        guard let first = words.first else {
            return flow.map { [.template(.allRightBut), $0.sentence] } ?? [.template(.allRight)]
        }
        if first.isWhole { return [first.sentence] }
        return [first.sentence] + [flow?.sentence ?? words.dropFirst().first?.sentence].compactMap { $0 }
    }

    /// FNV-1a over the words, so that the choice does not change from run to run as Swift's own hashes do.
    private static func seed(_ alignment: WordAlignment) -> Int {
        let bytes = alignment.words.map(\.text).joined(separator: " ").utf8
        return Int(bytes.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 })
    }
}
