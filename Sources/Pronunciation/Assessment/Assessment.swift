/// What the scorer found in one recording of one sentence.
///
/// Scores are 0...100, times are milliseconds from the recording's start, on a grid of 10 ms.
package struct Assessment: Hashable, Sendable {
    package let scores: SentenceScores
    /// The sentence's words in order, each as its reader sees it.
    package let words: [AssessedWord]
    /// Words that were said and are not in the sentence.
    package let extraWords: [ExtraWord]
    /// Name and version of the weights, such as `gop-1`.
    package let scorer: String

    package init(scores: SentenceScores, words: [AssessedWord], extraWords: [ExtraWord], scorer: String) {
        (self.scores, self.words, self.extraWords, self.scorer) = (scores, words, extraWords, scorer)
    }

    /// The sentence's words that were not said.
    package var missedWords: [String] { words.filter { !$0.isSpoken }.map(\.text) }

    /// The mean of the words' accuracy; a word that was left out counts 0.
    package var wordAccuracy: Double {
        words.isEmpty ? 0 : words.reduce(0) { $0 + $1.accuracyScore } / Double(words.count)
    }

    package var grade: Grade { Grade(score: scores.overall) }
}
