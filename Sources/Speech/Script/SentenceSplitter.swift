/// Finds sentences while tokens pass by.
///
/// A sentence ends where a token ends with `.`, `!`, `?` or `…` (quotes and brackets may follow), unless the token is a
/// known abbreviation or the next word begins with a small letter; and wherever the caller says so (paragraphs, `<s>`).
struct SentenceSplitter {
    private(set) var sentences: [SpeechScript.Sentence] = []
    private var current: SpeechScript.Sentence?
    private var isEnding = false

    private static let abbreviations: Set<String> = [
        "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "jr.", "sr.", "vs.", "etc.", "e.g.", "i.e.", "mt.", "ft.",
        "gen.", "col.", "capt.", "lt.", "sgt.", "rev.", "hon.", "inc.", "ltd.", "co.", "dept.", "approx.", "fig.",
    ]

    /// A token between spaces, whole; `word` is its index when it is a marked word.
    mutating func add(_ token: ArraySlice<ScriptScalar>, word: Int?) {
        guard let first = token.first, let last = token.last else { return }
        if word != nil, isEnding, !Self.beginsSmall(token) { end() }
        if let word, current == nil { current = .init(firstWord: word, bytes: first.bytes) }
        guard let begin = current?.bytes.lowerBound else { return }
        current?.bytes = begin..<last.bytes.upperBound
        isEnding = Self.endsSentence(token) || (isEnding && word == nil)
    }

    /// The sentence is over, whatever its punctuation.
    mutating func end() {
        if let current { sentences.append(current) }
        current = nil
        isEnding = false
    }

    private static func beginsSmall(_ token: ArraySlice<ScriptScalar>) -> Bool {
        token.first { $0.scalar.isWordCharacter }?.scalar.properties.isLowercase ?? false
    }

    private static func endsSentence(_ token: ArraySlice<ScriptScalar>) -> Bool {
        let core = token.reversed().drop { $0.scalar.isCloser || $0.scalar.isSilent }
        guard let last = core.first, last.scalar.isTerminator else { return false }
        guard last.scalar == "." else { return true }
        let word = core.reversed().drop { !$0.scalar.isWordCharacter }.map { String($0.scalar) }.joined().lowercased()
        let isInitial = word.unicodeScalars.count == 2 && word != "i."
        return !abbreviations.contains(word) && !isInitial
    }
}
