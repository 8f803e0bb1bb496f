/// One sentence of feedback: a template and the words it names.
enum FeedbackSentence: Hashable {
    case template(FeedbackTemplate)
    case naming([String], FeedbackTemplate)
    case heard(String, as: String)

    /// Words named in one sentence at most.
    private static let mostNamed = 3
    /// Longer words are cut, so that a row's feedback stays short whatever was written.
    private static let mostCharacters = 30

    /// The template's variant for `seed`, with the words filled in.
    func sentence(seed: Int) -> Feedback {
        switch self {
        case .template(let template):
            return template.variant(seed)
        case .naming(let words, let template):
            let named = Self.distinct(words).prefix(Self.mostNamed).map(Self.quoted)
            return Self.fill(template.variant(seed), ["words": Array(named)])
        case .heard(let word, let heard):
            let values = ["word": [Self.quoted(word)], "heard": [Self.quoted(heard)]]
            return Self.fill(FeedbackTemplate.replaced.variant(seed), values)
        }
    }

    private static func distinct(_ words: [String]) -> [String] {
        var seen = Set<String>()
        return words.filter { seen.insert($0.lowercased()).inserted }
    }

    private static func quoted(_ word: String) -> String {
        "“" + (word.count > mostCharacters ? word.prefix(mostCharacters) + "…" : word) + "”"
    }

    private static func fill(_ template: Feedback, _ values: [String: [String]]) -> Feedback {
        var (korean, english) = (template.korean, template.english)
        for (name, words) in values {
            korean = Template.fill(korean, name, with: words.joined(separator: ", "))
            english = Template.fill(english, name, with: englishList(words))
        }
        return Feedback(korean: korean, english: english)
    }

    private static func englishList(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}
