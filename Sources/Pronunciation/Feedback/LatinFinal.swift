/// Whether a Latin word ends in a consonant when Koreans say it.
///
/// Hangul writes a final l, m, n or ng into the last block (school 스쿨, time 타임), and p, t, k after one short vowel too
/// (book 북, cat 캣, cup 컵). Every other consonant gets a vowel of its own (bus 버스, desk 데스크, make 메이크), and r is
/// not sounded (teacher 티처).
///
/// Source: 외래어 표기법 (the loanword orthography of the National Institute of Korean Language), chapter 3, section 1.
enum LatinFinal {
    static func final(of word: String) -> KoreanParticle.Final {
        var letters = Array(word.lowercased().unicodeScalars.filter { ("a"..."z").contains($0) }.map(Character.init))
        guard letters.count > 1 else { return finalOfLetterName(letters.first) }
        let hadSilentE = letters.last == "e" && letters.count > 2
        if hadSilentE { letters.removeLast() }
        guard let last = letters.last else { return .vowel }
        if letters.suffix(2) == ["m", "b"] || letters.suffix(2) == ["m", "n"] { return .consonant }
        switch last {
        case "l": return .rieul
        case "m", "n": return .consonant
        case "g": return !hadSilentE && letters.suffix(2) == ["n", "g"] ? .consonant : .vowel
        case "p", "t", "k", "c": return !hadSilentE && endsInShortVowel(letters.dropLast()) ? .consonant : .vowel
        default: return .vowel
        }
    }

    /// Whether one vowel letter, or the short "oo", stands before the final stop; "ck" counts as one letter.
    private static func endsInShortVowel(_ letters: ArraySlice<Character>) -> Bool {
        var stem = letters
        if stem.last == "c" { stem.removeLast() }
        guard let vowel = stem.last, "aeiou".contains(vowel) else { return false }
        let before = stem.dropLast().last ?? " "
        return !"aeiou".contains(before) || stem.suffix(2) == ["o", "o"]
    }

    /// How the name of a letter ends: 엘, 엠, 엔, 알.
    private static func finalOfLetterName(_ letter: Character?) -> KoreanParticle.Final {
        switch letter {
        case "l", "r": .rieul
        case "m", "n": .consonant
        default: .vowel
        }
    }
}
