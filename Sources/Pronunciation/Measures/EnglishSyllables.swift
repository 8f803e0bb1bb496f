/// The syllables of one English word, from its spelling.
///
/// Runs of vowel letters are counted, then corrected for silent letters and for neighbouring vowels that are two sounds.
enum EnglishSyllables {
    /// - Parameter word: Lower case; letters and apostrophes.
    static func count(_ word: String) -> Int {
        if let listed = listed[word] { return listed }
        if let ending = clitics.first(where: { word.hasSuffix($0.key) && word.count > $0.key.count }) {
            let stem = String(word.dropLast(ending.key.count))
            return count(stem) + (addsSyllable(ending.value, after: stem) ? 1 : 0)
        }
        let letters = Array(word.filter { $0 != "'" })
        guard letters.contains(where: { isVowel($0) }) else { return max(1, word.count <= 3 ? letters.count : 1) }
        return max(1, runs(letters) + splits(letters) - silent(letters))
    }

    private enum Clitic { case not, syllabic, sibilant, dental }

    private static let clitics: [String: Clitic] = [
        "n't": .not, "'ve": .syllabic, "'ll": .syllabic, "'re": .syllabic, "'s": .sibilant, "'d": .dental, "'m": .not,
    ]

    /// Whether a contracted ending is a syllable of its own: "didn't", "could've", "Chris's" and "it'd", but not "I've".
    private static func addsSyllable(_ clitic: Clitic, after stem: String) -> Bool {
        guard let last = stem.last else { return false }
        switch clitic {
        case .not: return "ds".contains(last) && stem != "i"
        case .syllabic: return !isVowel(last)
        case .sibilant: return ["s", "x", "z", "ch", "sh", "ce", "ge", "se"].contains { stem.hasSuffix($0) }
        case .dental: return "td".contains(last)
        }
    }

    private static func isVowel(_ letter: Character) -> Bool { "aeiouy".contains(letter) }

    /// Whether the letter sounds as a vowel where it stands: "y" is a consonant before one at the start or between two.
    private static func isVowel(at index: Int, _ letters: [Character]) -> Bool {
        guard letters[index] == "y" else { return isVowel(letters[index]) }
        let beforeVowel = index + 1 < letters.count && isVowel(letters[index + 1])
        return !beforeVowel || (index > 0 && !isVowel(letters[index - 1]))
    }

    private static func runs(_ letters: [Character]) -> Int {
        letters.indices.count { isVowel(at: $0, letters) && ($0 == 0 || !isVowel(at: $0 - 1, letters)) }
    }

    /// Neighbouring vowels that belong to two syllables.
    private static func splits(_ letters: [Character]) -> Int {
        let word = String(letters)
        let pairs = letters.indices.dropFirst().count { splits(letters[$0 - 1], letters[$0], at: $0, letters) }
        // "going", "studying"; but "saying" and "enjoying" have a consonant there.
        let participle = word.hasSuffix("ing") && letters.count > 4 && isVowel(at: letters.count - 4, letters) ? 1 : 0
        let comparative = (word.hasSuffix("ier") || word.hasSuffix("iest")) && runs(letters) > 1 ? 1 : 0
        let syllabicM = word.hasSuffix("sm") || word.hasSuffix("thm") ? 1 : 0
        let stems = splitStems.count { word.contains($0) }
        return pairs + participle + comparative + syllabicM + stems
    }

    private static func splits(_ first: Character, _ second: Character, at index: Int, _ letters: [Character]) -> Bool {
        let before = index > 1 ? letters[index - 2] : " "
        switch (first, second) {
        case ("i", "a"), ("i", "o"), ("i", "u"): return !"tcsghlnx".contains(before) || index == 2
        case ("u", "a"), ("u", "o"): return !"qg".contains(before)
        case ("e", "o"): return !"gp".contains(before)
        case ("a", "o"): return true
        default: return false
        }
    }

    /// Stems in which "ea", "ie" or "oe" is two syllables.
    private static let splitStems = [
        "idea", "area", "creat", "korea", "react", "theat", "scien", "quiet", "diet", "client", "poem", "poet",
        "museum",
        "society", "variet", "anxiet", "experience", "audience", "obedien", "ingredien", "reality", "ciat", "tiat",
    ]

    /// Vowel letters that are not sounded: "home", "walked", "makes", "something".
    private static func silent(_ letters: [Character]) -> Int {
        let word = String(letters)
        let inside = silentStems.contains { word.hasPrefix($0) && word.count > $0.count + 1 } ? 1 : 0
        // "league", "technique"; the "u" is no sound either.
        let gue = word.hasSuffix("gue") || word.hasSuffix("que") ? 1 : 0
        return gue + inside + (isEndingSilent(letters) ? 1 : 0) + (hidesSilentE(word) ? 1 : 0)
    }

    /// Whether a suffix stands behind a silent "e": "lovely", "movement", "peaceful".
    private static func hidesSilentE(_ word: String) -> Bool {
        let suffixes = ["ly", "ment", "ments", "ful", "fully", "less", "ness"]
        guard let suffix = suffixes.first(where: { word.hasSuffix("e" + $0) }) else { return false }
        let stem = Array(word.dropLast(suffix.count))
        return isEndingSilent(stem) && runs(stem) > 1
            && !["elements", "element", "implement", "supplement"].contains(word)
    }

    private static let silentStems = [
        "some", "home", "base", "life", "time", "there", "where", "here", "house", "like", "else", "use", "care",
        "hope",
        "safe", "love", "live", "note", "place", "name", "same", "fire", "wire", "bare", "rare", "sure", "nice", "late",
    ].flatMap { stem in "bcdfghjklmnpqtvwz".map { stem + String($0) } }

    private static func isEndingSilent(_ letters: [Character]) -> Bool {
        guard letters.count > 2, let last = letters.last else { return false }
        let index = last == "e" ? letters.count - 1 : letters.count - 2
        guard letters[index] == "e", !isVowel(at: index - 1, letters) else { return false }
        let before = letters[index - 1]
        switch last {
        case "e": return !(before == "l" && index > 1 && !isVowel(letters[index - 2]))
        case "d": return !"td".contains(before)
        case "s":
            return !"sxzcg".contains(before) && !(before == "h" && "cs".contains(letters[index - 2]))
                && !endsInLe(letters)
        default: return false
        }
    }

    /// "apples" keeps its second syllable.
    private static func endsInLe(_ letters: [Character]) -> Bool {
        letters.count > 3 && letters[letters.count - 3] == "l" && !isVowel(letters[letters.count - 4])
    }

    private static let listed = [
        "the": 1, "be": 1, "me": 1, "he": 1, "she": 1, "we": 1, "business": 2, "every": 2, "everyone": 3,
        "everything": 3,
        "everybody": 4, "everyday": 3, "everywhere": 3, "evening": 2, "wednesday": 2, "people": 2, "different": 3,
        "interesting": 4, "chocolate": 3, "vegetable": 4, "vegetables": 4, "comfortable": 4, "favorite": 3,
        "favourite": 3, "being": 2, "www": 9, "w": 3, "hmm": 1, "shh": 1, "recipe": 3, "cafe": 2, "maybe": 2,
        "aren't": 1,
        "weren't": 1, "sometimes": 2, "something": 2, "someone": 2, "somewhere": 2, "sometime": 2, "naive": 2,
        "usually": 4, "beautiful": 3, "cruel": 2, "fuel": 2, "argue": 2, "anyone": 3, "salesperson": 3,
    ]
}
