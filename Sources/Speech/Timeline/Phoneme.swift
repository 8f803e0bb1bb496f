/// One of espeak-ng's phonemes, by its name: up to eight bytes, kept in one integer so that comparing is quick.
///
/// The same sound has several names: `I`, `I2`, `I#`; `t`, `t2`, `t#`. Names: espeak-ng, docs/phonemes.md.
struct Phoneme: Hashable, Sendable {
    private let name: UInt64
    /// The name without what tells variants of a sound apart.
    private let sound: UInt64
    private let isVowel: Bool

    /// Stands for the silence at the end of a clause.
    static let pause = Phoneme(name: 0x5F, sound: 0x5F, isVowel: false)

    /// Reads a name with its stress marks and language change, such as `'oU` or `(en)_k`.
    ///
    /// - Returns: `nil` when the name stands for no sound. A pause is ``pause`` when it ends a clause (`_:`).
    init?(_ text: some Collection<UInt8>) {
        var rest = text[...].drop { Self.stressMarks.contains($0) }
        if rest.first == UInt8(ascii: "("), let end = rest.firstIndex(of: UInt8(ascii: ")")) {
            rest = rest[rest.index(after: end)...].drop { Self.stressMarks.contains($0) }
        }
        rest = rest.prefix { $0 != UInt8(ascii: "(") }
        guard let first = rest.first, first != UInt8(ascii: ";"), first != UInt8(ascii: ":") else { return nil }
        guard first != UInt8(ascii: "_") else {
            guard rest.elementsEqual("_:".utf8) else { return nil }
            self = .pause
            return
        }
        let letters = rest.dropFirst().prefix { Self.isLetter($0) }.count
        self.init(
            name: Self.packed(rest), sound: Self.packed(rest.prefix(1 + letters)),
            isVowel: Self.vowels.contains(first)
        )
    }

    private init(name: UInt64, sound: UInt64, isVowel: Bool) {
        self.name = name
        self.sound = sound
        self.isVowel = isVowel
    }

    /// The phonemes in a string of `espeak_TextToPhonemes` with `_` between phonemes and spaces between words.
    static func all(in text: String) -> [Phoneme] {
        text[...].utf8.split { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: " ") }.compactMap { Phoneme($0) }
    }

    /// How unlikely it is that one sound stands where the other was expected: 0 to 2, where 0.7 is as unlikely as one
    /// sound left out.
    func distance(to other: Phoneme) -> Float {
        if name == other.name { return 0 }
        if sound == other.sound { return 0.1 }
        if self == .pause || other == .pause { return 2 }
        return isVowel == other.isVowel ? 0.6 : 1.6
    }

    private static let stressMarks: [UInt8] = Array("',%=|!".utf8)
    private static let vowels: [UInt8] = Array("aAeEiIoOuUVyY@03".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func packed(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
