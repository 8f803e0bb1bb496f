import Pronunciation

/// A reading as a card for a terminal: the sentence with its words coloured, scores as bars, the sounds of weak words,
/// what to do next.
package struct AssessmentCard {
    private let reading: AssessedReading
    private let style: TextStyle
    private let width: Int

    /// - Parameter width: Columns that no line exceeds, at least 48.
    package init(_ reading: AssessedReading, style: TextStyle, width: Int = 80) {
        precondition(width >= 48, "A card has at least 48 columns.")
        (self.reading, self.style, self.width) = (reading, style, width)
    }

    /// Words that score less are shown with their phones.
    static let leastGoodScore = 80.0

    private var assessment: Assessment { reading.assessment }

    package var text: String {
        (sentence + scores + weakWords + [time] + missing + feedback).joined(separator: "\n")
    }

    /// Missed words stand in brackets, so that they are seen without colours.
    private var sentence: [String] {
        let words = assessment.words.flatMap { word in
            let text = TextStyle.safe(word.text)
            let shown = word.isSpoken ? text : "[\(text)]"
            return shown.wrapped(to: width).map {
                StyledText($0, styled: word.isSpoken ? style.scored($0, word.accuracyScore) : style.red($0))
            }
        }
        return StyledText.lines(words, width: width, gap: " ")
    }

    private var scores: [String] {
        let scores = assessment.scores
        let grade = style.bold(style.scored(assessment.grade.rawValue, scores.overall))
        return [line("overall", style.bar(scores.overall) + "  " + grade)]
            + [
                ("accuracy", scores.accuracy), ("fluency", scores.fluency), ("prosody", scores.prosody),
                ("completeness", scores.completeness),
            ].map { line($0.0, style.bar($0.1)) }
    }

    private func line(_ name: String, _ text: String) -> String { "  " + name.padded(to: Self.nameWidth) + text }

    private static let nameWidth = 14

    private var weakWords: [String] {
        assessment.words.filter { $0.isSpoken && $0.accuracyScore < Self.leastGoodScore }.flatMap(weakWord)
    }

    /// The word with its score and time, and its phones below or behind it.
    private func weakWord(_ word: AssessedWord) -> [String] {
        let name = TextStyle.safe(word.text).wrapped(to: width - 2)
        let score = style.scored(word.accuracyScore.plain(decimals: 0).padded(to: 3), word.accuracyScore)
        let figures = score + " " + style.dim(word.spanInMilliseconds.secondsText)
        let phones = word.phones.map { phone in
            let text = "\(phone.phone.rawValue) \(phone.accuracyScore.plain(decimals: 0))"
            return StyledText(text, styled: style.scored(text, phone.accuracyScore))
        }
        let sounds = StyledText.lines(phones, width: width - 2 - Self.nameWidth, gap: "  ")
            .map { line("", $0) }
        guard name.count == 1, name[0].displayWidth < Self.nameWidth else {
            return name.map { "  " + $0 } + [line("", figures)] + sounds
        }
        return [line(name[0], figures)] + sounds
    }

    private var time: String {
        let timing = SpeechTiming(
            speakingInMilliseconds: Double(reading.speakingDurationInMilliseconds),
            recordingInMilliseconds: Double(reading.audioDurationInMilliseconds),
            netSpeakingDensity: reading.netSpeakingDensity, paceRatio: reading.paceRatio)
        return timing.text.wrapped(to: width - 2).map { style.dim("  " + $0) }.joined(separator: "\n")
    }

    private var missing: [String] {
        let extra = assessment.extraWords.map { "\($0.soundsText) (\($0.spanInMilliseconds.secondsText))" }
        return [("missed", assessment.missedWords), ("extra", extra)].flatMap { name, items -> [String] in
            let lines = TextStyle.safe(items.joined(separator: ", ")).wrapped(to: width - 2 - Self.nameWidth)
            return lines.enumerated().map { line($0 == 0 ? name : "", $1) }
        }
    }

    private var feedback: [String] {
        let feedback = reading.feedback
        return [feedback.korean, feedback.english].flatMap { TextStyle.safe($0).wrapped(to: width - 2) }
            .map { "  " + $0 }
    }
}
