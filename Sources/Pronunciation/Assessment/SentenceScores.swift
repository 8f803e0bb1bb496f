/// Scores of a whole sentence, each 0...100.
package struct SentenceScores: Hashable, Sendable {
    package let overall: Double
    package let accuracy: Double
    package let fluency: Double
    package let prosody: Double
    /// Spoken words of the sentence ÷ its words.
    package let completeness: Double

    package init(overall: Double, accuracy: Double, fluency: Double, prosody: Double, completeness: Double) {
        (self.overall, self.accuracy, self.fluency) = (overall, accuracy, fluency)
        (self.prosody, self.completeness) = (prosody, completeness)
    }
}
