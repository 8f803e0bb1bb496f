/// Puts an assessment together: scores from the figures, times from the alignment, words from the lenient search.
struct AssessmentBuilder {
    private let reading: AnalysedReading
    private let spoken: SpokenWords
    private let weights: ScoringWeights
    private let model: AcousticModel

    private static let millisecondsPerFrame = 10

    init(_ reading: AnalysedReading, spoken: SpokenWords, weights: ScoringWeights, model: AcousticModel) {
        (self.reading, self.spoken, self.weights, self.model) = (reading, spoken, weights, model)
    }

    var assessment: Assessment {
        let figures = weights.scores(of: reading.evidence)
        let words = words(figures)
        let completeness = 100 * Double(words.count(where: \.isSpoken)) / Double(words.count)
        let scores = SentenceScores(
            overall: figures.overall, accuracy: figures.accuracy, fluency: figures.fluency,
            prosody: figures.prosody,
            completeness: completeness)
        return Assessment(scores: scores, words: words, extraWords: extraWords, scorer: weights.name)
    }

    private func words(_ figures: ScoringWeights.Scores) -> [AssessedWord] {
        let evidence = reading.evidence
        return evidence.wordRanges.enumerated().map { number, range in
            let text = reading.analysis.words[number].text
            let phones = evidence.phones[range]
            let start = Self.milliseconds(phones.first?.frames.lowerBound ?? 0)
            guard !isMissed(number, phones, score: figures.words[number]) else {
                return AssessedWord(
                    text: text, spanInMilliseconds: start..<start, accuracyScore: 0, isSpoken: false, phones: [])
            }
            let end = Self.milliseconds(phones.last?.frames.upperBound ?? 0)
            return AssessedWord(
                text: text, spanInMilliseconds: start..<end, accuracyScore: figures.words[number], isSpoken: true,
                phones: zip(phones, figures.phones[range]).map { phone, score in
                    AssessedPhone(
                        phone: phone.phone, spanInMilliseconds: Self.milliseconds(phone.frames), accuracyScore: score,
                        goodness: phone.goodness)
                })
        }
    }

    /// Whether a word that the lenient search skipped was really left out.
    ///
    /// Weak words such as "a" and "are" are easily skipped although they were said. A word that was not said is squeezed
    /// in between the others: its sounds do not fit at all, or they have next to no time and fit badly.
    private func isMissed(_ number: Int, _ phones: ArraySlice<PhoneEvidence>, score: Double) -> Bool {
        guard spoken.missed.contains(number) else { return false }
        let goodness = phones.reduce(0) { $0 + $1.goodness } / Double(phones.count)
        let isSqueezed = phones.allSatisfy { $0.frameCount <= 4 }
        return spoken.isCertain || score <= 60 || goodness < (isSqueezed ? -4.8 : -8.5)
    }

    private var extraWords: [ExtraWord] {
        let loop = reading.analysis.loop
        return spoken.extra.map { frames in
            let sounds = frames.compactMap { frame -> Phone? in
                let begins = loop.begins[frame] || frame == frames.lowerBound
                return begins ? model.phone(ofCodebook: loop.codebooks[frame]) : nil
            }
            return ExtraWord(sounds: sounds, spanInMilliseconds: Self.milliseconds(frames))
        }
    }

    private static func milliseconds(_ frame: Int) -> Int { frame * millisecondsPerFrame }

    private static func milliseconds(_ frames: Range<Int>) -> Range<Int> {
        milliseconds(frames.lowerBound)..<milliseconds(frames.upperBound)
    }
}
