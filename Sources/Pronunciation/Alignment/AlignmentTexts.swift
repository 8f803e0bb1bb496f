/// Both texts of an alignment, numbered by one vocabulary, with the joins that the other text calls for.
struct AlignmentTexts {
    private(set) var vocabulary = Vocabulary()
    let reference: NumberedText
    let transcript: NumberedText

    private static let mostJoinedWords = 4
    /// Joins that may lead to one word; with ``WordNormaliser/mostReadings`` they fit the aligner's four bits.
    private static let mostJoins = 4

    init(reference: [TextWord], transcript: [TextWord]) {
        var vocabulary = Vocabulary()
        let numbered = [reference, transcript].map { text in
            text.map { word in word.readings.map { $0.map { vocabulary.number($0) } } }
        }
        let tokens = [reference, transcript].map { Set($0.flatMap(\.readings).joined()) }
        let joined = [reference, transcript].map(Self.joinable)
        let wanted = (0..<2).map { side in tokens[1 - side].union(joined[1 - side].korean) }
        let joins = (0..<2).map { side in
            Self.joins(joined[side].candidates, in: wanted[side], numbered: &vocabulary)
        }
        self.vocabulary = vocabulary
        self.reference = NumberedText(readings: numbered[0], joins: joins[0])
        self.transcript = NumberedText(readings: numbered[1], joins: joins[1])
    }

    private typealias Candidate = (token: String, wordCount: Int)

    /// What neighbouring words make when written as one, by first word; the Korean ones also as a set, since both texts
    /// may space Korean words differently from the dictionary and from each other.
    private static func joinable(_ text: [TextWord]) -> (candidates: [[Candidate]], korean: Set<String>) {
        let single = text.map { word in
            [word.asWritten] + word.readings.filter { $0.count == 1 && $0 != [word.asWritten] }.map { $0[0] }.prefix(2)
        }
        let candidates = text.indices.map { Self.candidates(from: $0, single) }
        let all = candidates.joined().map(\.token)
        return (candidates, Set(all.filter { $0.unicodeScalars.contains(where: Hangul.isSyllable) }))
    }

    private static func candidates(from first: Int, _ single: [[String]]) -> [Candidate] {
        var found: [Candidate] = []
        var soFar = [""]
        for word in first..<min(first + mostJoinedWords, single.count) {
            soFar = soFar.flatMap { head in single[word].map { head + $0 } }
            if word > first { found += soFar.map { (WordNormaliser.canonicalToken($0), word - first + 1) } }
        }
        return found
    }

    private static func joins(
        _ candidates: [[Candidate]], in wanted: Set<String>, numbered vocabulary: inout Vocabulary
    ) -> [[NumberedText.Join]] {
        var arriving = [Int](repeating: 0, count: candidates.count + mostJoinedWords)
        var joins: [[NumberedText.Join]] = []
        for (word, starting) in candidates.enumerated() {
            var kept: [NumberedText.Join] = []
            for candidate in starting where wanted.contains(candidate.token) {
                let end = word + candidate.wordCount
                guard arriving[end] < mostJoins else { continue }
                arriving[end] += 1
                kept.append(
                    NumberedText.Join(token: vocabulary.number(candidate.token), wordCount: candidate.wordCount))
            }
            joins.append(kept)
        }
        return joins
    }
}
