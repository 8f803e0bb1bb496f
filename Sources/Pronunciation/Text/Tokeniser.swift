internal import Foundation

/// Cuts a text into words, each as its reader sees it and folded to plain characters.
enum Tokeniser {
    struct Piece: Hashable {
        /// As in the text, without the punctuation around it.
        let text: String
        /// Lower case, compatibility-composed, without accents; only letters, digits and signs that may be spoken.
        let folded: String
    }

    static func pieces(of text: String) -> [Piece] {
        runs(of: Array(text)).compactMap { run in
            let word = trimmed(run)
            let folded = fold(String(word))
            let isSpoken = folded.contains { $0.isLetter || $0.isNumber } || Abbreviations.signs[folded] != nil
            return isSpoken ? Piece(text: String(word), folded: folded) : nil
        }
    }

    /// The stretches between separators.
    private static func runs(of characters: [Character]) -> [ArraySlice<Character>] {
        var runs: [ArraySlice<Character>] = []
        var start = 0
        for index in characters.indices where separates(index, in: characters) {
            runs.append(characters[start..<index])
            start = index + 1
        }
        runs.append(characters[start...])
        return runs.filter { !$0.isEmpty }
    }

    /// Whether a word ends before the character at `index`: 3:30, 1,234, 1/2 and 10–15 stay whole.
    private static func separates(_ index: Int, in characters: [Character]) -> Bool {
        let character = characters[index]
        if character.isWhitespace || isPicture(character) || "—―…!?;\"“”|()[]{}<>~、。，！？\u{200B}".contains(character) {
            return true
        }
        guard ",:/–.".contains(character), index > 0, index + 1 < characters.count else { return false }
        let (before, after) = (characters[index - 1], characters[index + 1])
        if character == "." { return before.isLowercase && after.isUppercase }
        return !(isDigit(before) && isDigit(after))
    }

    /// Trims punctuation, but keeps the signs that are spoken with a number; a lone sign stays.
    private static func trimmed(_ run: ArraySlice<Character>) -> ArraySlice<Character> {
        guard run.contains(where: isLetterOrDigit) else { return run }
        var word = run
        while let first = word.first, !isLetterOrDigit(first), !opensNumber(word) { word.removeFirst() }
        while let last = word.last, !isLetterOrDigit(last), !(closers.contains(last) && word.contains(where: isDigit)) {
            word.removeLast()
        }
        return word
    }

    private static let closers: Set<Character> = ["%", "％", "°", "℃", "℉", "€", "£", "$", "₩", "¥", "¢"]
    private static let openers: Set<Character> = ["$", "€", "£", "₩", "¥", "＄", "￦", "#", "-", "−", "+"]

    private static func opensNumber(_ word: ArraySlice<Character>) -> Bool {
        let rest = word.drop { openers.contains($0) || $0 == "." }
        return rest.first.map(isDigit) == true && (openers.contains(word[word.startIndex]) || word.count > 1)
    }

    private static func isLetterOrDigit(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.isNumber
    }

    /// Emoji, keycaps included; plain digits and letters are not pictures although Unicode calls some of them emoji.
    private static func isPicture(_ character: Character) -> Bool {
        guard let first = character.unicodeScalars.first else { return false }
        return first.properties.isEmojiPresentation
            || character.unicodeScalars.contains { $0 == "\u{FE0F}" || $0 == "\u{20E3}" }
    }

    static func fold(_ text: String) -> String {
        let scalars = text.precomposedStringWithCompatibilityMapping.lowercased()
            .decomposedStringWithCanonicalMapping.unicodeScalars
        var kept = String.UnicodeScalarView()
        for scalar in scalars {
            guard let plain = plain(scalar) else { continue }
            kept.append(plain)
        }
        return String(kept).precomposedStringWithCanonicalMapping
    }

    /// The scalar in plain form, or `nil` where it is not spoken: accents, quotes, marks.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\u{2018}", "\u{2019}", "\u{201B}", "\u{02BC}", "\u{00B4}", "`", "'": "'"
        case "\u{2010}"..."\u{2014}", "\u{2212}", "-": "-"
        case "\u{2044}", "/": "/"
        case ".", ",", ":", "%", "#", "&", "+", "=", "@", "°", "$", "€", "£", "₩", "¥", "¢": scalar
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? scalar : nil
        }
    }
}

extension Character {
    var isASCIIDigit: Bool { isASCII && isNumber }
}
