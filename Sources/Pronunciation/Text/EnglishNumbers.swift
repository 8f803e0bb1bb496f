internal import Foundation
internal import Synchronization

/// Numbers as English words, in every usual way to say them; the most usual first.
///
/// Foundation spells the cardinals; it has no rule for years, "and", "oh", ordinals in words, money or times.
enum EnglishNumbers {
    /// The largest number spelt out, exact in a `Double`; longer ones are read digit by digit.
    static let mostDigits = 15

    private static let speller = Mutex(Speller.make(locale: "en_US"))

    /// "one hundred five", "one hundred and five", "a hundred (and) five".
    static func cardinals(_ number: Int) -> [[String]] {
        let plain = cardinal(number)
        let withAnd = joiningWithAnd(plain)
        return [plain, withAnd] + [plain, withAnd].compactMap(beginningWithA)
    }

    /// A cardinal without "and"; the number has at most ``mostDigits`` digits.
    static func cardinal(_ number: Int) -> [String] {
        let words = speller.withLock { Speller.spell(number, with: $0) }
        return words.split(whereSeparator: { $0 == " " || $0 == "-" }).map(String.init)
    }

    /// "twenty-first": an ordinal for each way to say the cardinal.
    static func ordinals(_ number: Int) -> [[String]] {
        cardinals(number).map { words in words.dropLast() + [ordinal(ofWord: words[words.count - 1])] }
    }

    /// A number of three or four digits as years, rooms and flights are read: "twenty twenty five", "nineteen oh five".
    static func inPairs(_ number: Int) -> [[String]] {
        guard (100...9999).contains(number) else { return [] }
        let (front, back) = (cardinal(number / 100), number % 100)
        let hundreds = number > 1000 && number / 100 % 10 != 0 ? [front + ["hundred"]] : []
        switch back {
        case 0: return hundreds
        case 1...9: return [front + ["oh"] + cardinal(back)] + hundreds.map { $0 + ["and"] + cardinal(back) }
        default: return [front + cardinal(back)] + hundreds.map { $0 + ["and"] + cardinal(back) }
        }
    }

    /// "nineteen nineties", "nineties", "two thousands".
    static func decade(_ number: Int) -> [[String]] {
        let pairs = inPairs(number).prefix(1)
        let readings = number % 100 == 0 ? pairs + [cardinal(number)] : pairs
        return (readings.isEmpty ? [cardinal(number)] : readings).map { words in
            words.dropLast() + [plural(words[words.count - 1])]
        }
    }

    /// Digit by digit, with "zero" and with "oh".
    static func digits(_ digits: some StringProtocol) -> [[String]] {
        let spoken = digits.compactMap(\.wholeNumberValue).map { cardinal($0)[0] }
        return spoken.contains("zero") ? [spoken, spoken.map { $0 == "zero" ? "oh" : $0 }] : [spoken]
    }

    /// "three point five"; a zero before the point may be left out.
    static func decimals(whole: String, fraction: String) -> [[String]] {
        let tail = ["point"] + digits(fraction)[0]
        let heads = Int(whole).map(cardinals) ?? digits(whole)
        return heads.map { $0 + tail } + (Int(whole) == 0 ? [tail] : [])
    }

    /// "one half", "a quarter", "two thirds", "seven over nine".
    static func fractions(_ numerator: Int, _ denominator: Int) -> [[String]] {
        let top = cardinal(numerator)
        let names =
            [2: ["half"], 4: ["quarter", "fourth"]][denominator] ?? [ordinals(denominator)[0].joined(separator: " ")]
        let spoken = names.map { name in top + [numerator == 1 ? name : plural(name)] }
        return spoken + (numerator == 1 ? names.map { ["a", $0] } : []) + [top + ["over"] + cardinal(denominator)]
    }

    // MARK: - Words

    /// Puts "and" where British English has it: before what follows the hundreds, or a small end after thousands.
    private static func joiningWithAnd(_ words: [String]) -> [String] {
        let magnitudes: Set = ["hundred", "thousand", "million", "billion", "trillion"]
        var joined: [String] = []
        for (index, word) in words.enumerated() {
            joined.append(word)
            let rest = words[(index + 1)...]
            let isSmallEnd = !rest.isEmpty && !rest.contains(where: magnitudes.contains)
            let followsHundred = word == "hundred" && rest.first.map { !magnitudes.contains($0) } == true
            if followsHundred || (magnitudes.contains(word) && isSmallEnd) { joined.append("and") }
        }
        return joined
    }

    private static func beginningWithA(_ words: [String]) -> [String]? {
        guard words.count > 1, words[0] == "one", words[1] != "and" else { return nil }
        return ["a"] + words.dropFirst()
    }

    private static func ordinal(ofWord word: String) -> String {
        let irregular = [
            "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
            "twelve": "twelfth",
        ]
        if let ordinal = irregular[word] { return ordinal }
        return word.hasSuffix("y") ? word.dropLast() + "ieth" : word + "th"
    }

    static func plural(_ word: String) -> String {
        if word == "half" { return "halves" }
        return word.hasSuffix("y") ? word.dropLast() + "ies" : word + (word.hasSuffix("x") ? "es" : "s")
    }
}
