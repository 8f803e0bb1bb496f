/// A text as the aligner sees it: the numbered readings of its words, and words that may be read as one.
struct NumberedText {
    /// Consecutive words whose tokens make one token of the other text: "every day" for "everyday".
    struct Join: Hashable {
        let token: Int
        let wordCount: Int
    }

    /// By word, then by reading.
    private(set) var readings: [[[Int]]]
    /// By first word.
    private(set) var joins: [[Join]]
    /// The number of this part's first word in the whole text.
    private(set) var firstWord = 0

    var wordCount: Int { readings.count }

    init(readings: [[[Int]]], joins: [[Join]], firstWord: Int = 0) {
        (self.readings, self.joins, self.firstWord) = (readings, joins, firstWord)
    }

    /// Some of the words; joins that lead out of them are lost.
    subscript(words: Range<Int>) -> NumberedText {
        let inside = words.map { word in joins[word].filter { word + $0.wordCount <= words.upperBound } }
        return NumberedText(readings: Array(readings[words]), joins: inside, firstWord: firstWord + words.lowerBound)
    }

    /// The same words from last to first, each reading reversed as well.
    func reversed() -> NumberedText {
        var backward = [[Join]](repeating: [], count: wordCount)
        for (word, starting) in joins.enumerated() {
            for join in starting { backward[wordCount - word - join.wordCount].append(join) }
        }
        return NumberedText(readings: readings.reversed().map { $0.map { $0.reversed() } }, joins: backward)
    }

    /// Only the most usual reading of each word, and no joins.
    func simplified() -> NumberedText {
        NumberedText(
            readings: readings.map { [$0[0]] }, joins: joins.map { _ in [] }, firstWord: firstWord)
    }
}
