extension Unicode.Scalar {
    /// What espeak-ng is given for this character.
    ///
    /// Letters, digits and ASCII stay. Typographic punctuation becomes ASCII, symbols that have a name stand alone, and
    /// the rest is silent. This is more than tidiness: espeak-ng 1.51 looks symbols up in a second language, and where
    /// two that are not ASCII touch (`€™`) it goes on using the first lookup's language after freeing it (seen under
    /// valgrind). With a space between them it does not.
    var rendering: String {
        if isASCII { return String(self) }
        if let plain = Self.plainForms[self] { return plain }
        if (0xFF01...0xFF5E).contains(value), let ascii = Unicode.Scalar(value - 0xFEE0) { return String(ascii) }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
            return String(self)
        case .nonspacingMark, .spacingMark: return isSilent ? "" : String(self)
        case .letterNumber, .otherNumber, .currencySymbol, .mathSymbol: return " \(self) "
        default: return self == "°" ? " ° " : isSilent ? "" : " "
        }
    }

    private static let plainForms: [Unicode.Scalar: String] = [
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "“": "\"", "”": "\"", "„": "\"", "″": "\"", "«": "\"",
        "»": "\"",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "−": "-", "—": ", ", "―": ", ", "…": "...", "‥": "...",
        "、": ", ", "。": ". ", "·": " ", "・": " ", "¿": "", "¡": "", "～": "-", "×": " × ", "÷": " ÷ ",
        "「": "\"", "」": "\"", "『": "\"", "』": "\"", "〈": "\"", "〉": "\"", "《": "\"", "》": "\"",
    ]
}
