/// Counts the syllables of a text as it is read aloud.
///
/// Exact for Hangul, where a block is a syllable. English goes by rules on the spelling with a few listed words;
/// numbers and abbreviations count as they are spelt out.
package enum SyllableCounter {
    /// The syllables of all words of `text`; 0 when it has none.
    package static func count(in text: String) -> Int {
        WordNormaliser.words(in: text).reduce(0) { $0 + count(of: $1) }
    }

    private static func count(of word: TextWord) -> Int {
        let folded = Tokeniser.fold(word.text)
        let isSpeltOut = folded.contains { $0.isNumber || ".&+=@%".contains($0) } || isAbbreviation(folded)
        if isSpeltOut, let reading = word.readings.first { return reading.reduce(0) { $0 + countPlain($1) } }
        return folded.split(separator: "-").reduce(0) { $0 + countPlain(String($1)) }
    }

    private static func isAbbreviation(_ folded: String) -> Bool {
        Abbreviations.readings(of: folded) != nil
    }

    /// One word without hyphens or digits: Latin letters by the English rules, any other letter as a syllable.
    private static func countPlain(_ word: String) -> Int {
        let latin = word.filter { $0.isASCII && ($0.isLetter || $0 == "'") }
        let others = word.count { !$0.isASCII && $0.isLetter }
        return others + (latin.contains(where: \.isLetter) ? EnglishSyllables.count(latin) : 0)
    }
}
