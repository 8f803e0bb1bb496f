import Testing

@testable import Pronunciation

@Suite struct WordNormaliserTests {
    private func words(_ text: String) -> [String] {
        WordNormaliser.words(in: text).map(\.text)
    }

    @Test(
        "words are cut where a reader sees them end",
        arguments: [
            ("Well-known, isn't it?", ["Well-known", "isn't", "it"]),
            ("yes—no–maybe", ["yes", "no", "maybe"]),
            ("10–15 and/or 1/2", ["10–15", "and", "or", "1/2"]),
            ("“$1,234.50” (50%)", ["$1,234.50", "50%"]),
            ("at 3:30: go", ["at", "3:30", "go"]),
            ("the dogs' .5 -5 #1", ["the", "dogs", ".5", "-5", "#1"]),
            ("e.g. U.S.A.", ["e.g", "U.S.A"]),
            ("go🎉home 👍🏽 1️⃣", ["go", "home"]),
            ("a\u{200B}b\u{00A0}c\u{3000}d", ["a", "b", "c", "d"]),
            ("저는, “학교에” 가요.", ["저는", "학교에", "가요"]),
            ("rock & roll - % …", ["rock", "&", "roll", "%"]),
            (" \n\t", []),
        ])
    func cuts(_ text: String, _ expected: [String]) {
        #expect(words(text) == expected)
    }

    @Test(
        "every word has a reading, none empty, and never more than the aligner can number",
        arguments: [
            "he's", "1,905", "$1,905.05", "100", "12:45", "1990s", "St.", "I'd've", "1100", "3", "2025년", "x-1-y-2",
        ])
    func readings(_ text: String) {
        for word in WordNormaliser.words(in: text) {
            #expect((1...WordNormaliser.mostReadings).contains(word.readings.count))
            #expect(word.readings.allSatisfy { !$0.isEmpty && !$0.contains("") })
            #expect(Set(word.readings).count == word.readings.count)
        }
    }

    @Test(
        "spelling and sound make one token of what a listener cannot tell apart",
        arguments: [
            ("colour", "color"), ("favourite", "favorite"), ("organisation", "organization"), ("analysed", "analyzed"),
            ("theatre", "theater"), ("dialogue", "dialog"), ("travelling", "traveling"), ("licence", "license"),
            ("grey", "gray"), ("their", "there"), ("they're", "their"), ("two", "too"), ("write", "right"),
            ("naïve", "naive"),
            ("ﬁne", "fine"), ("ＡＢＣ", "abc"),
        ])
    func oneToken(_ one: String, _ other: String) {
        let readings = [one, other].map { Set(WordNormaliser.words(in: $0).flatMap(\.readings)) }
        #expect(!readings[0].isDisjoint(with: readings[1]))
    }

    @Test(
        "words that differ stay apart",
        arguments: [
            ("filled", "filed"), ("our", "or"), ("your", "or"), ("wise", "size"), ("here", "her"), ("were", "where"),
            ("then", "than"), ("read", "reed"), ("five", "fine"), ("학교", "학생"),
        ])
    func apart(_ one: String, _ other: String) {
        let readings = [one, other].map { Set(WordNormaliser.words(in: $0).flatMap(\.readings)) }
        #expect(readings[0].isDisjoint(with: readings[1]))
    }
}
