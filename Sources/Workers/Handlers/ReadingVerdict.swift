import Documents
import Pronunciation
import Reports

/// What was found in a reading: by its sound, by the school's speech recognition, or by both.
///
/// The sound says how good each word was, the transcript which words there were.
enum ReadingVerdict {
    case sound(Assessment)
    /// A sentence that cannot be judged by its sound, such as a Korean one.
    case transcript(WordAlignment)
    case both(Assessment, WordAlignment)

    /// The row's attributes; scores are 0...100.
    var attributes: Item {
        switch self {
        case .sound(let assessment): Self.attributes(of: assessment)
        case .transcript(let alignment):
            Self.attributes(of: alignment, words: alignment.words).merging(
                [
                    "overall_score": .number(alignment.overallScore, decimals: 2),
                    "grade": .string(Grade(score: alignment.overallScore).rawValue),
                ]
            ) { $1 }
        case .both(let assessment, let alignment):
            Self.attributes(of: assessment).merging(
                Self.attributes(of: alignment, words: Self.judged(alignment, by: assessment))
            ) { sound, text in Self.merged(sound, text) }
        }
    }

    /// What the alignment found spoken.
    var transcript: String {
        switch self {
        case .sound(let assessment): assessment.words.filter(\.isSpoken).map(\.text).joined(separator: " ")
        case .transcript(let alignment), .both(_, let alignment):
            alignment.words.compactMap(\.spoken).joined(separator: " ")
        }
    }

    /// About the words that were not said as written, else about the sounds.
    func feedback(paceRatio: Double?, netSpeakingDensity: Double) -> Feedback {
        switch self {
        case .both(let assessment, let alignment) where alignment.words.allSatisfy({ $0.kind == .matched }):
            Feedback(assessment: assessment, paceRatio: paceRatio, netSpeakingDensity: netSpeakingDensity)
        case .sound(let assessment):
            Feedback(assessment: assessment, paceRatio: paceRatio, netSpeakingDensity: netSpeakingDensity)
        case .transcript(let alignment), .both(_, let alignment):
            Feedback(alignment: alignment, paceRatio: paceRatio, netSpeakingDensity: netSpeakingDensity)
        }
    }
}

extension ReadingVerdict {
    private static func attributes(of assessment: Assessment) -> Item {
        let scores: Item
        do { scores = try Item(plain: assessment.resultMembers) } catch {
            preconditionFailure("A score is a number that DynamoDB can hold: \(error)")
        }
        return scores.merging(["word_accuracy": .number(assessment.wordAccuracy, decimals: 2)]) { $1 }
    }

    private static func attributes(of alignment: WordAlignment, words: [AlignedWord]) -> Item {
        let judged = WordAlignment(words: words)
        return [
            "word_accuracy": .number(judged.wordAccuracy, decimals: 2),
            "completeness_score": .number(alignment.completenessScore, decimals: 2),
            "missed_words": .list(alignment.missedWords.map { .string($0) }),
            "extra_words": .list(alignment.extraWords.map { .string($0) }),
            "words": .list(words.map(item)),
        ]
    }

    private static func item(_ word: AlignedWord) -> AttributeValue {
        var item: Item = [
            "text": .string(word.text), "kind": .string(word.kind.rawValue),
            "accuracy_score": .number(word.accuracyScore, decimals: 2),
        ]
        item["spoken"] = word.spoken.map { .string($0) }
        return .map(item)
    }

    /// The transcript's words, scored by their sound; one that was taken for another is worth no more than that.
    private static func judged(_ alignment: WordAlignment, by assessment: Assessment) -> [AlignedWord] {
        var sounds = assessment.words.makeIterator()
        return alignment.words.map { word in
            guard word.isReferenceWord, let sound = sounds.next() else { return word }
            return AlignedWord(
                text: word.text, spoken: word.spoken, kind: word.kind,
                accuracyScore: min(word.accuracyScore, sound.accuracyScore))
        }
    }

    /// The transcript's word for everything, with the times and phones of the sound's words beside it.
    private static func merged(_ sound: AttributeValue, _ text: AttributeValue) -> AttributeValue {
        guard let heard = sound.list?.compactMap(\.map), let written = text.list?.compactMap(\.map),
            !heard.isEmpty
        else { return text }
        var rest = heard.makeIterator()
        return .list(
            written.map { word in
                guard word["kind"] != .string(AlignedWord.Kind.extra.rawValue), let own = rest.next() else {
                    return .map(word)
                }
                return .map(own.merging(word) { $1 })
            })
    }
}
