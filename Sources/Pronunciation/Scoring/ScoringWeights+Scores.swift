extension ScoringWeights {
    /// Scores of a reading, each 0...100.
    struct Scores: Hashable {
        let accuracy, fluency, prosody, overall: Double
        let words: [Double]
        let phones: [Double]
    }

    /// What a panel of experts would say of a reading, as far as the figures tell.
    func scores(of evidence: Evidence) -> Scores {
        let sentence = sentenceFigures(SentenceFeatures(evidence, norms: norms).all)
        let rows = PhoneFeatures(evidence, norms: norms).rows.map { phoneFigures($0) }
        let phones = evidence.phones.map(\.phone.index)
        let outputs = networks.map {
            $0.score(phones: phones, figures: rows, words: evidence.wordRanges, sentenceFigures: sentence)
        }
        let regressed = ridge(sentence)
        let share = ridgeShare
        let scores = zip(sentenceScale, zip(regressed, Self.mean(outputs.map(\.sentence)))).map { scale, values in
            Self.percent(scale(share * values.0 + (1 - share) * values.1), of: Self.bestMark)
        }
        return Scores(
            accuracy: scores[0], fluency: scores[1], prosody: scores[2], overall: scores[3],
            words: Self.mean(outputs.map(\.words)).map { Self.percent(wordScale($0), of: Self.bestMark) },
            phones: Self.mean(outputs.map(\.phones)).map { 100 - Self.percent(phoneScale($0), of: 1) })
    }

    /// The experts' marks go from 0 to this.
    private static let bestMark: Float = 10

    private static func percent(_ value: Float, of best: Float) -> Double {
        min(max(100 * Double(value / best), 0), 100)
    }

    private static func mean(_ rows: [[Float]]) -> [Float] {
        rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / Float(rows.count) }
    }

    /// How much a reading is like the sentence rather than like another one: above 0 more than not.
    ///
    /// A logistic regression between readings of a corpus and the same recordings beside others' sentences.
    func resemblance(of evidence: Evidence) -> Float {
        resemblance(sentenceFigures(SentenceFeatures(evidence, norms: norms).all))[0] - resemblanceFloor
    }
}
