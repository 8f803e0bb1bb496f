/// A rough idea of how a word sounds, from its spelling.
///
/// English letters become symbols for consonants, long and short vowels; Hangul syllables become their jamo without the
/// silent onset ㅇ, so that 갔어요 and 가써요 sound alike; any other letter stands for itself. Rough is enough: the sound
/// only decides whether one word was meant to be another.
struct WordSound: Hashable {
    let symbols: [UInt32]

    init(of word: String) {
        let scalars = Array(word.unicodeScalars)
        if scalars.contains(where: Hangul.isSyllable) {
            symbols = scalars.flatMap(Self.jamo)
        } else if scalars.allSatisfy({ ("a"..."z").contains($0) }) {
            symbols = EnglishSound.symbols(of: scalars.map { UInt8(ascii: $0) })
        } else {
            symbols = scalars.map(\.value)
        }
    }

    private static let jamoBase: UInt32 = 0x1100
    private static let vowelBase: UInt32 = 0x1161
    private static let silentOnset: UInt32 = 11
    /// The final consonants as onsets, one or two each; ㅇ as a final keeps a number of its own.
    private static let codas: [[UInt32]] = [
        [], [0], [1], [0, 9], [2], [2, 12], [2, 18], [3], [5], [5, 0], [5, 6], [5, 7], [5, 9], [5, 16], [5, 17],
        [5, 18],
        [6], [7], [7, 9], [9], [10], [21], [12], [14], [15], [16], [17], [18],
    ]

    private static func jamo(_ scalar: Unicode.Scalar) -> [UInt32] {
        guard Hangul.isSyllable(scalar) else { return [scalar.value] }
        let parts = Hangul.parts(of: scalar)
        let onset = parts.onset == silentOnset ? [] : [jamoBase + parts.onset]
        return onset + [vowelBase + parts.vowel] + codas[Int(parts.coda)].map { jamoBase + $0 }
    }

    static func isVowel(_ symbol: UInt32) -> Bool {
        if symbol < 128 { return EnglishSound.isVowel[Int(symbol)] }
        return (vowelBase..<vowelBase + Hangul.vowelCount).contains(symbol)
    }
}
