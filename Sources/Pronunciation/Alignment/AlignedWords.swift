/// Turns the aligner's steps, which are about tokens, into words as the learner sees them.
struct AlignedWords {
    private let reference: [TextWord]
    private let transcript: [TextWord]
    private let steps: [LatticeAligner.Step]
    private let vocabulary: Vocabulary

    /// The reference words that each word of the transcript was said for.
    private var saidFor: [Set<Int>]
    private var found: [Found]
    /// Tokens of transcript words that were said for nothing.
    private var leftOver: [Int: [String]] = [:]

    /// What the steps say about one reference word.
    private struct Found {
        var tokenCount = 0
        var spokenCount = 0
        var accuracy = 0.0
        /// The words of the transcript, with the tokens of theirs that were said for this word.
        var spoken: [(word: Int, tokens: [String])] = []

        /// At least half of a word makes it spoken.
        var isSpoken: Bool { 2 * spokenCount >= tokenCount && spokenCount > 0 }
        var accuracyScore: Double { accuracy / Double(tokenCount) }
    }

    /// What a word that was taken for another is worth at most: a listener heard a different word.
    static let mostForReplacement = 80.0

    init(
        _ reference: [TextWord], _ transcript: [TextWord], _ steps: [LatticeAligner.Step], _ vocabulary: Vocabulary
    ) {
        (self.reference, self.transcript, self.steps, self.vocabulary) = (reference, transcript, steps, vocabulary)
        saidFor = [Set<Int>](repeating: [], count: transcript.count)
        found = [Found](repeating: Found(), count: reference.count)
        for step in steps { count(step) }
    }

    private mutating func count(_ step: LatticeAligner.Step) {
        switch step {
        case .extra(let spoken):
            leftOver[spoken.words.lowerBound, default: []].append(vocabulary.tokens[spoken.token])
        case .missed(let edge): found[edge.words.lowerBound].tokenCount += 1
        case .pair(let edge, let spoken):
            for word in edge.words { countPair(word, edge.token, spoken) }
        }
    }

    private mutating func countPair(_ word: Int, _ token: Int, _ spoken: ReadingLattice.Edge) {
        let likeness = vocabulary.likeness(token, spoken.token)
        found[word].tokenCount += 1
        found[word].spokenCount += 1
        found[word].accuracy += token == spoken.token ? 100 : Self.mostForReplacement * likeness
        for said in spoken.words {
            saidFor[said].insert(word)
            let text = spoken.words.count == 1 ? [vocabulary.tokens[spoken.token]] : [transcript[said].text]
            if found[word].spoken.last?.word == said {
                found[word].spoken[found[word].spoken.count - 1].tokens += text
            } else {
                found[word].spoken.append((said, text))
            }
        }
    }

    // MARK: - Words

    /// All words in the order in which they were to be said or were said.
    var words: [AlignedWord] {
        var words: [AlignedWord] = []
        var nextReference = 0
        var nextSpoken = 0
        for step in steps {
            for word in nextReference..<max(nextReference, step.reference?.words.upperBound ?? 0) {
                words.append(referenceWord(word))
                nextReference = word + 1
            }
            for word in nextSpoken..<max(nextSpoken, step.transcript?.words.upperBound ?? 0) {
                if let extra = extraText(word) {
                    words.append(AlignedWord(text: extra, spoken: extra, kind: .extra, accuracyScore: 0))
                }
                nextSpoken = word + 1
            }
        }
        return words
    }

    /// What of a word of the transcript belongs to no word of the sentence, or `nil`.
    ///
    /// A word that was said for none is extra as a whole. Of one that was said for words in full, what is left over is
    /// extra ("am" of "I'm" where only "I" was to be said); beside a replaced word it is part of what replaced it.
    private func extraText(_ word: Int) -> String? {
        let uses = saidFor[word].filter { found[$0].isSpoken }
        guard !uses.isEmpty else { return transcript[word].text }
        guard uses.allSatisfy({ found[$0].accuracyScore == 100 }) else { return nil }
        return leftOver[word]?.joined(separator: " ")
    }

    private func referenceWord(_ index: Int) -> AlignedWord {
        let text = reference[index].text
        let state = found[index]
        guard state.isSpoken else { return AlignedWord(text: text, spoken: nil, kind: .missed, accuracyScore: 0) }
        let kind: AlignedWord.Kind = state.accuracyScore == 100 ? .matched : .replaced
        return AlignedWord(text: text, spoken: spokenText(state), kind: kind, accuracyScore: state.accuracyScore)
    }

    /// Whole words where they were said for this word alone, else the tokens that were.
    private func spokenText(_ state: Found) -> String {
        state.spoken.map { said in
            saidFor[said.word].count == 1 ? transcript[said.word].text : said.tokens.joined(separator: " ")
        }.joined(separator: " ")
    }
}
