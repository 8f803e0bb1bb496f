/// espeak-ng's American English in the International Phonetic Alphabet, as the dictionary's sounds.
enum PhoneticAlphabet {
    /// The sounds of a transcription such as `h_ə_l_ˈoʊ`; empty when it has none.
    ///
    /// Stress, length without meaning and what is no English sound are passed over.
    static func phones(of transcription: String) -> [Phone] {
        var rest = Substring(
            String(String.UnicodeScalarView(transcription.unicodeScalars.filter { !ignored.contains($0) })))
        var phones: [Phone] = []
        while !rest.isEmpty {
            let (count, found) = longestMatch(rest)
            phones += found
            rest.unicodeScalars.removeFirst(count)
        }
        return phones
    }

    private static let ignored: Set<Unicode.Scalar> = ["ˈ", "ˌ", "_", "\u{200D}", "\u{0361}"]

    private static func longestMatch(_ rest: Substring) -> (count: Int, phones: [Phone]) {
        for count in stride(from: min(longestKey, rest.unicodeScalars.count), through: 1, by: -1) {
            let key = String(String.UnicodeScalarView(rest.unicodeScalars.prefix(count)))
            if let phones = table[key] { return (count, phones) }
        }
        return (1, [])
    }

    private static let longestKey = 3

    private static let table: [String: [Phone]] = [
        "iː": [.iy], "i": [.iy], "ɪ": [.ih], "ᵻ": [.ih], "ɨ": [.ih], "y": [.iy], "e": [.ey], "eɪ": [.ey], "eː": [.ey],
        "ɛ": [.eh], "æ": [.ae], "a": [.aa], "aː": [.aa], "ɐ": [.ah], "ɑ": [.aa], "ɑː": [.aa], "ɒ": [.aa], "ʌ": [.ah],
        "ə": [.ah], "ɔ": [.ao], "ɔː": [.ao], "o": [.ow], "oː": [.ao], "oʊ": [.ow], "əʊ": [.ow], "ʊ": [.uh],
        "u": [.uw], "uː": [.uw], "ɜ": [.er], "ɜː": [.er], "ɚ": [.er], "ɝ": [.er], "aɪ": [.ay], "aʊ": [.aw],
        "ɔɪ": [.oy], "iə": [.iy, .ah], "aɪə": [.ay, .ah], "aɪɚ": [.ay, .er], "n̩": [.ah, .n], "l̩": [.ah, .l],
        "p": [.p], "b": [.b], "t": [.t], "d": [.d], "k": [.k], "ɡ": [.g], "g": [.g], "f": [.f], "v": [.v], "θ": [.th],
        "ð": [.dh], "s": [.s], "z": [.z], "ʃ": [.sh], "ʒ": [.zh], "tʃ": [.ch], "dʒ": [.jh], "h": [.hh], "m": [.m],
        "n": [.n], "ŋ": [.ng], "l": [.l], "ɫ": [.l], "ɬ": [.l], "ɹ": [.r], "r": [.r], "ʀ": [.r], "w": [.w], "ʍ": [.w],
        "j": [.y], "ɾ": [.t], "ʔ": [.t], "x": [.k], "ç": [.hh], "ɲ": [.n, .y],
    ]
}
