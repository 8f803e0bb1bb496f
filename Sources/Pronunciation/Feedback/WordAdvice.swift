/// What there is to say about the words of a reading, and about their sounds.
enum WordAdvice: Hashable {
    case nothingSpoken
    case mostlyMissed
    case missed([String])
    case replaced(String, heardAs: String)
    case hesitated
    case repeated([String])
    case added([String])
    /// Something was said that the sentence does not have; how it is written is not known.
    case addedSpeech
    case sound(WeakSound)

    /// Whether no other advice should stand beside it.
    var isWhole: Bool { self == .nothingSpoken || self == .mostlyMissed }

    var isSound: Bool { if case .sound = self { true } else { false } }

    var sentence: FeedbackSentence {
        switch self {
        case .nothingSpoken: .template(.nothingSpoken)
        case .mostlyMissed: .template(.mostlyMissed)
        case .missed(let words): .naming(words, .missed)
        case .replaced(let word, let heard): .heard(word, as: heard)
        case .hesitated: .template(.hesitated)
        case .repeated(let words): .naming(words, .repeated)
        case .added(let words): .naming(words, .added)
        case .addedSpeech: .template(.extraSpeech)
        case .sound(let sound): .sound(sound.advice, inWord: sound.word)
        }
    }

    /// Everything worth saying, the gravest first.
    static func all(for alignment: WordAlignment) -> [WordAdvice] {
        if alignment.completenessScore == 0 { return [.nothingSpoken] }
        if alignment.completenessScore < 50 { return [.mostlyMissed] }
        return [missed(alignment), replaced(alignment)].compactMap { $0 } + extra(alignment)
    }

    private static func missed(_ alignment: WordAlignment) -> WordAdvice? {
        alignment.missedWords.isEmpty ? nil : .missed(alignment.missedWords)
    }

    /// The word that came out worst, the first of several.
    private static func replaced(_ alignment: WordAlignment) -> WordAdvice? {
        let worst = alignment.replacedWords.min { $0.accuracyScore < $1.accuracyScore }
        return worst.map { .replaced($0.text, heardAs: $0.spoken ?? "") }
    }

    private static func extra(_ alignment: WordAlignment) -> [WordAdvice] {
        let spoken = Set(alignment.words.filter(\.isSpokenReferenceWord).map { $0.text.lowercased() })
        let extra = alignment.extraWords
        let hesitated = extra.contains { hesitations.contains($0.lowercased()) }
        let words = extra.filter { !hesitations.contains($0.lowercased()) }
        // A stutter or a second try: the sentence has the word, and it was said there as well.
        let repeated = words.filter { spoken.contains($0.lowercased()) }
        let added = words.filter { !spoken.contains($0.lowercased()) }
        return (added.isEmpty ? [] : [.added(added)]) + (repeated.isEmpty ? [] : [.repeated(repeated)])
            + (hesitated ? [.hesitated] : [])
    }

    private static let hesitations: Set = ["um", "uh", "er", "erm", "hmm", "mm", "ah", "음", "어", "아", "그"]
}
