/// A sentence, word by word, against what a learner said.
///
/// Scores are 0...100. A sentence without words has nothing to score: all scores are 0, and callers should refuse it.
package struct WordAlignment: Hashable, Sendable {
    /// The sentence's words in order, and the extra ones where they were said.
    package let words: [AlignedWord]

    package init(words: [AlignedWord]) {
        self.words = words
    }

    /// Aligns a transcript with the sentence that was to be read.
    ///
    /// Both may be of any length; time grows with the product of the two, and memory is bounded.
    package static func align(reference: String, transcript: String) -> WordAlignment {
        let sentence = WordNormaliser.words(in: reference)
        let spoken = WordNormaliser.words(in: transcript)
        let texts = AlignmentTexts(reference: sentence, transcript: spoken)
        var aligner = LatticeAligner(vocabulary: texts.vocabulary)
        let steps = aligner.align(texts.reference, texts.transcript)
        return WordAlignment(words: AlignedWords(sentence, spoken, steps, aligner.vocabulary).words)
    }

    package var missedWords: [String] { words.filter { $0.kind == .missed }.map(\.text) }
    package var extraWords: [String] { words.filter { $0.kind == .extra }.map(\.text) }
    package var replacedWords: [AlignedWord] { words.filter { $0.kind == .replaced } }
    package var referenceWordCount: Int { words.count(where: \.isReferenceWord) }

    /// Spoken reference words ÷ reference words, 0...100.
    package var completenessScore: Double {
        percentage(of: Double(words.count(where: \.isSpokenReferenceWord)))
    }

    /// The mean of the reference words' accuracy, 0...100; a missed word counts 0.
    package var wordAccuracy: Double {
        percentage(of: words.filter(\.isReferenceWord).reduce(0) { $0 + $1.accuracyScore / 100 })
    }

    /// 0...100: ¾ word accuracy + ¼ completeness, times n ÷ (n + e ⁄ 2) for n reference words and e extra ones.
    ///
    /// So a missed word costs its full share, a replaced one part of it, and an extra word about half of a missed one.
    package var overallScore: Double {
        guard referenceWordCount > 0 else { return 0 }
        let expected = Double(referenceWordCount)
        let extra = Double(words.count - referenceWordCount)
        return (0.75 * wordAccuracy + 0.25 * completenessScore) * expected / (expected + extra / 2)
    }

    private func percentage(of part: Double) -> Double {
        referenceWordCount == 0 ? 0 : 100 * part / Double(referenceWordCount)
    }
}
