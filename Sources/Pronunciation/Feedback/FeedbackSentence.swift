/// One piece of feedback: a template and what it names.
enum FeedbackSentence: Hashable {
    case template(FeedbackTemplate)
    case naming([String], FeedbackTemplate)
    case heard(String, as: String)
    case sound(SoundAdvice, inWord: String)

    /// Words named in one sentence at most.
    private static let mostNamed = 3
    /// Longer words are cut, so that a row's feedback stays short whatever was written.
    private static let mostCharacters = 30

    /// The template's variant for `seed`, with the words filled in.
    ///
    /// - Parameter limit: Variants of more sentences are chosen only if there is no shorter one.
    func sentence(seed: Int, preferringAtMost limit: Int) -> Feedback {
        switch self {
        case .template(let template):
            return template.variant(seed, preferringAtMost: limit)
        case .naming(let words, let template):
            let named = Self.distinct(words).prefix(Self.mostNamed).map(Self.quoted)
            let list = Feedback(korean: named.joined(separator: ", "), english: Self.englishList(named))
            return template.variant(seed, preferringAtMost: limit).filled(["words": list])
        case .heard(let word, let heard):
            return FeedbackTemplate.replaced.variant(seed, preferringAtMost: limit)
                .filled(["word": Self.inBoth(Self.quoted(word)), "heard": Self.inBoth(Self.quoted(heard))])
        case .sound(let sound, let word):
            return FeedbackTemplate.weakSound.variant(seed, preferringAtMost: limit)
                .filled(["word": Self.inBoth(Self.quoted(word)), "sound": sound.name, "how": sound.how])
        }
    }

    private static func distinct(_ words: [String]) -> [String] {
        var seen = Set<String>()
        return words.filter { seen.insert($0.lowercased()).inserted }
    }

    private static func quoted(_ word: String) -> String {
        "“" + (word.count > mostCharacters ? word.prefix(mostCharacters) + "…" : word) + "”"
    }

    private static func inBoth(_ word: String) -> Feedback { Feedback(korean: word, english: word) }

    private static func englishList(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension Feedback {
    /// With each place filled in both languages.
    fileprivate func filled(_ values: [String: Feedback]) -> Feedback {
        Feedback(
            korean: Template.fill(korean, with: values.mapValues(\.korean)),
            english: Template.fill(english, with: values.mapValues(\.english)))
    }
}
