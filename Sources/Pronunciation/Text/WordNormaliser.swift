/// Turns a text into words with their readings.
///
/// Case, punctuation, accents, full-width forms, curly quotes and emoji make no difference. Contractions, numbers,
/// abbreviations and hyphens become alternative readings, so that nothing has to be guessed before two texts are
/// compared. Korean words stand as written, particles attached.
package enum WordNormaliser {
    /// Readings kept for one word; the aligner numbers them in four bits, beside joined words.
    static let mostReadings = 11

    /// The words of `text` in order; empty when it holds no letter, digit or spoken sign.
    package static func words(in text: String) -> [TextWord] {
        let pieces = Tokeniser.pieces(of: text)
        let isKorean = pieces.contains { $0.folded.unicodeScalars.contains(where: Hangul.isSyllable) }
        return pieces.indices.map { index in
            let next = index + 1 < pieces.count ? pieces[index + 1].folded : ""
            let before = index > 0 ? pieces[index - 1].folded : ""
            return word(pieces[index], before: before, next: next, isKorean: isKorean)
        }
    }

    private static func word(
        _ piece: Tokeniser.Piece, before: String, next: String, isKorean: Bool
    ) -> TextWord {
        var readings = Magnitudes.readings(of: piece.folded, before: before, next: next)
        readings += self.readings(of: piece.folded, isKorean: isKorean)
        let written = asWritten(piece.folded)
        readings.append([written])
        let canonical = readings.map { $0.map(canonicalToken) }.filter { !$0.isEmpty && !$0.contains("") }
        // The reading as written is always kept, so that a word left out costs one word, however it would be spelt out.
        let kept = unique(canonical).prefix(mostReadings - 1) + canonical.suffix(1)
        return TextWord(text: piece.text, readings: unique(Array(kept)), asWritten: written)
    }

    /// The readings of one folded word beside the word as it is written.
    static func readings(of folded: String, isKorean: Bool) -> [[String]] {
        if let sign = Abbreviations.signs[folded] { return [[sign]] }
        if folded.contains(where: \.isASCIIDigit) { return NumberReadings.readings(of: folded, isKorean: isKorean) }
        if let abbreviated = Abbreviations.readings(of: folded) { return abbreviated }
        if folded.contains("-") { return compoundReadings(of: folded) }
        return Contractions.readings(of: folded)
    }

    /// "well-known" is `well known`; each part keeps its own first reading.
    ///
    /// A long chain stands as one word.
    private static func compoundReadings(of folded: String) -> [[String]] {
        let parts = folded.split(separator: "-").map(String.init)
        guard parts.count <= 8 else { return [] }
        return [parts.flatMap { readings(of: $0, isKorean: false).first ?? [asWritten($0)] }]
    }

    /// The word without its punctuation; a number keeps the signs that change what is said.
    static func asWritten(_ folded: String) -> String {
        let isNumber = folded.contains(where: \.isASCIIDigit)
        let written = folded.filter { $0.isLetter || $0.isNumber || (isNumber && !",'".contains($0)) }
        return written.isEmpty ? folded : written
    }

    /// The one token for all spellings of a word and all words that sound like it.
    static func canonicalToken(_ token: String) -> String {
        Homophones.canonical(SpellingVariants.american(token))
    }

    private static func unique(_ readings: [[String]]) -> [[String]] {
        var seen = Set<[String]>()
        return readings.filter { seen.insert($0).inserted }
    }
}
