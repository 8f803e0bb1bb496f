/// The arithmetic of Hangul syllables.
///
/// Source: The Unicode Standard, section 3.12, "Conjoining Jamo Behavior".
enum Hangul {
    static let vowelCount: UInt32 = 21
    static let codaCount: UInt32 = 28

    static func isSyllable(_ scalar: Unicode.Scalar) -> Bool {
        (0xAC00...0xD7A3).contains(scalar.value)
    }

    /// Indices of the onset (0..<19), the vowel (0..<21) and the coda (0..<28, 0 for none) of a syllable.
    static func parts(of scalar: Unicode.Scalar) -> (onset: UInt32, vowel: UInt32, coda: UInt32) {
        precondition(isSyllable(scalar), "only a Hangul syllable has parts")
        let index = scalar.value - 0xAC00
        return (index / (vowelCount * codaCount), index / codaCount % vowelCount, index % codaCount)
    }
}
