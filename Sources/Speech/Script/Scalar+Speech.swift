extension Unicode.Scalar {
    /// Whether a text may contain it at all.
    var isReadable: Bool {
        switch self {
        case "\t", "\n", "\r", "\u{85}": true
        case "\u{FFFD}": false
        default:
            switch properties.generalCategory {
            case .control, .privateUse, .surrogate, .unassigned: false
            default: true
            }
        }
    }

    /// Spaces and line ends, which part words.
    var isSpace: Bool { properties.isWhitespace }

    /// Letters (and the marks on them) and digits: what makes a token a word.
    var isWordCharacter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: false
        }
    }

    /// What a word may begin or end with and still be that word: `$5`, `50%`, `C++`, `#1`.
    var isWordEdge: Bool {
        if isWordCharacter { return true }
        switch properties.generalCategory {
        case .currencySymbol, .nonspacingMark, .spacingMark: return true
        default: return "%#+°".unicodeScalars.contains(self)
        }
    }

    /// A symbol that is read by its name when it stands alone: `&` is said “and”.
    var isSpokenSymbol: Bool {
        switch properties.generalCategory {
        case .mathSymbol, .currencySymbol: true
        default: "&@#%*/\\".unicodeScalars.contains(self)
        }
    }

    /// Emoji, their joiners, and invisible marks.
    ///
    /// They are never spoken: a practice sentence is its words.
    var isSilent: Bool {
        switch value {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0x00AD, 0x20E3: true
        case 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF: true
        default: value > 0x238C && properties.isEmoji
        }
    }

    /// Ends a sentence when a space follows.
    var isTerminator: Bool { ".!?…。！？".unicodeScalars.contains(self) }

    /// Makes espeak-ng pause.
    var isClauseBreak: Bool { isTerminator || ",;:、，—".unicodeScalars.contains(self) }

    /// May stand between a sentence's last mark and the space: quotes and brackets.
    var isCloser: Bool { "\"'”’»)]}」』".unicodeScalars.contains(self) }
}
