import Testing

@testable import Pronunciation

@Suite struct EnglishNumbersTests {
    private func spoken(_ readings: [[String]]) -> [String] {
        readings.map { $0.joined(separator: " ") }
    }

    @Test("cardinals with and without and, with one and a")
    func cardinals() {
        #expect(Set(spoken(EnglishNumbers.cardinals(21))) == ["twenty one"])
        #expect(
            Set(spoken(EnglishNumbers.cardinals(105))) == [
                "one hundred five", "one hundred and five", "a hundred five", "a hundred and five",
            ])
        #expect(spoken(EnglishNumbers.cardinals(1_002)).contains("one thousand and two"))
        #expect(
            spoken(EnglishNumbers.cardinals(345_678)).contains(
                "three hundred and forty five thousand six hundred and seventy eight"))
        #expect(spoken(EnglishNumbers.cardinals(2_000_000)) == ["two million", "two million"])
        #expect(spoken(EnglishNumbers.cardinals(999_999_999_999_999))[0].hasPrefix("nine hundred ninety nine trillion"))
        #expect(spoken(EnglishNumbers.cardinals(0))[0] == "zero")
    }

    @Test(
        "ordinals",
        arguments: [
            (1, "first"), (2, "second"), (3, "third"), (5, "fifth"), (8, "eighth"), (9, "ninth"), (12, "twelfth"),
            (20, "twentieth"), (21, "twenty first"), (100, "one hundredth"), (111, "one hundred eleventh"),
        ])
    func ordinals(_ number: Int, _ words: String) {
        #expect(spoken(EnglishNumbers.ordinals(number))[0] == words)
    }

    @Test(
        "years and rooms in pairs",
        arguments: [
            (1905, ["nineteen oh five", "nineteen hundred and five"]), (2025, ["twenty twenty five"]),
            (1900, ["nineteen hundred"]), (2000, []), (101, ["one oh one"]), (520, ["five twenty"]), (99, []),
            (10_000, []),
            (1999, ["nineteen ninety nine", "nineteen hundred and ninety nine"]),
        ])
    func pairs(_ number: Int, _ words: [String]) {
        #expect(spoken(EnglishNumbers.inPairs(number)) == words)
    }

    @Test("decimals read the digits after the point one by one")
    func decimals() {
        #expect(spoken(EnglishNumbers.decimals(whole: "3", fraction: "14"))[0] == "three point one four")
        #expect(spoken(EnglishNumbers.decimals(whole: "0", fraction: "05")).contains("point zero five"))
    }

    @Test("decades, fractions, money and times")
    func others() {
        #expect(spoken(EnglishNumbers.decade(1990)) == ["nineteen nineties"])
        #expect(spoken(EnglishNumbers.decade(90)) == ["nineties"])
        #expect(spoken(EnglishNumbers.fractions(1, 2)).prefix(2) == ["one half", "a half"])
        #expect(spoken(EnglishNumbers.fractions(3, 4)) == ["three quarters", "three fourths", "three over four"])
        #expect(spoken(EnglishNumbers.fractions(2, 3))[0] == "two thirds")
        #expect(spoken(EnglishTimes.readings(hour: 12, minute: 45)).contains("a quarter to one"))
        #expect(spoken(EnglishTimes.readings(hour: 9, minute: 5))[0] == "nine oh five")
        #expect(EnglishTimes.readings(hour: 25, minute: 0) == [] && EnglishTimes.readings(hour: 1, minute: 60) == [])
    }

    @Test(
        "the most usual reading comes first",
        arguments: [
            ("2025", "twenty twenty five"), ("2005", "two thousand five"), ("350", "three hundred fifty"),
            ("007", "zero zero seven"), ("$1.01", "one dollar and one cent"), ("£0.50", "fifty pence"),
            ("100%", "one hundred percent"), ("3rd", "third"), ("24-hour", "twenty four hour"), ("mp3", "mp three"),
            ("#1", "number one"), ("-5", "minus five"), ("20°c", "twenty degrees celsius"), ("1km", "one kilometer"),
            ("3시", "삼시"), ("50%의", "오십의"), ("3.5점", "삼점오점"),
        ])
    func usual(_ folded: String, _ words: String) {
        #expect(spoken(NumberReadings.readings(of: folded, isKorean: false)).first == words)
    }

    @Test("no more digits are read than a listener could follow")
    func longNumbers() {
        #expect(NumberReadings.readings(of: String(repeating: "7", count: 10_000), isKorean: false) == [])
        #expect(NumberReadings.readings(of: "$" + String(repeating: "7", count: 10_000), isKorean: false) == [])
        #expect(NumberReadings.readings(of: String(repeating: "1-", count: 100) + "1", isKorean: false) == [])
    }

    @Test(
        "native Korean numerals",
        arguments: [
            (1, ["한", "하나"]), (3, ["세", "셋"]), (10, ["열"]), (20, ["스무", "스물"]), (21, ["스물한", "스물하나"]), (0, []),
            (100, []),
        ])
    func native(_ number: Int, _ words: [String]) {
        #expect(KoreanNumbers.native(number) == words)
    }
}
