/// Letters to sounds, roughly: digraphs, silent letters, a magic "e".
///
/// Symbols are ASCII: consonants as in English with `S` sh, `C` ch, `T` th, `J` j and soft g, `N` ng; vowels `a e i o u`
/// short, `A I Q O U` long (as in day, see, my, go, too), `W` as in now, `Y` as in boy.
enum EnglishSound {
    /// By symbol.
    static let isVowel: [Bool] = {
        var table = [Bool](repeating: false, count: 128)
        for vowel in "aeiouAIQOUWY".utf8 { table[Int(vowel)] = true }
        return table
    }()

    static func symbols(of letters: [UInt8]) -> [UInt32] {
        let word = String(decoding: letters, as: UTF8.self)
        var rest = Substring(word)
        var sounds: [UInt8] = []
        while !rest.isEmpty {
            let rule = Self.rule(for: rest, isStart: rest.startIndex == word.startIndex)
            rest = rest.dropFirst(rule.letters.count)
            sounds += rule.sounds.utf8
        }
        return withoutDoubles(withMagicE(sounds, word: word)).map(UInt32.init)
    }

    private static func rule(for rest: Substring, isStart: Bool) -> (letters: Substring, sounds: String) {
        for length in stride(from: min(4, rest.count), through: 1, by: -1) {
            let letters = rest.prefix(length)
            if isStart, let sounds = initials[String(letters)] { return (letters, sounds) }
            if length == rest.count, let sounds = finals[String(letters)] { return (letters, sounds) }
            if let sounds = anywhere[String(letters)] { return (letters, sounds) }
        }
        return (rest.prefix(1), String(rest.prefix(1)))
    }

    private static let initials = ["kn": "n", "wr": "r", "ps": "s", "gn": "n", "gh": "g", "x": "z", "y": "y"]

    private static let finals = [
        "mb": "m", "y": "I", "ge": "J", "dge": "J", "ce": "s", "se": "s", "le": "l", "re": "r",
    ]

    private static let anywhere = [
        "tion": "Sun", "sion": "Sun", "tch": "C", "ch": "C", "sh": "S", "th": "T", "ph": "f", "igh": "Q", "gh": "",
        "ck": "k", "ng": "N", "qu": "kw", "wh": "w", "x": "ks", "j": "J", "sce": "se", "sci": "si", "ce": "se",
        "ci": "si",
        "cy": "sQ", "c": "k", "ee": "I", "ea": "I", "ie": "I", "oo": "U", "ue": "U", "ew": "U", "ui": "U", "ai": "A",
        "ay": "A", "ei": "A", "ey": "A", "oa": "O", "ow": "O", "ou": "W", "oi": "Y", "oy": "Y", "au": "o", "aw": "o",
        "y": "i",
    ]

    /// A silent final "e" makes the vowel before the last consonant long: "hop", "hope".
    private static func withMagicE(_ sounds: [UInt8], word: String) -> [UInt8] {
        let count = sounds.count
        guard word.hasSuffix("e"), count >= 3, sounds[count - 1] == UInt8(ascii: "e"),
            !isVowel[Int(sounds[count - 2])]
        else { return sounds }
        let long: [UInt8: UInt8] = [97: 65, 101: 73, 105: 81, 111: 79, 117: 85]
        var voiced = Array(sounds.dropLast())
        if let vowel = long[voiced[count - 3]] { voiced[count - 3] = vowel }
        return voiced
    }

    private static func withoutDoubles(_ sounds: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        for sound in sounds where sound != kept.last { kept.append(sound) }
        return kept
    }
}
