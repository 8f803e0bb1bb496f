/// The scripts that matter here: what a voice can read, and everything else.
enum WritingSystem: Hashable, Sendable {
    case latin, hangul, other

    /// The script of a letter, or `nil` for digits, marks and symbols, which belong to all of them.
    ///
    /// The ranges are those blocks of Unicode 16 that hold Latin and Hangul letters.
    init?(of scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: break
        default: return nil
        }
        switch scalar.value {
        case 0x41...0x24F, 0x250...0x2AF, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF: self = .latin
        case 0xFB00...0xFB06, 0xFF21...0xFF5A: self = .latin
        case 0x1100...0x11FF, 0x3130...0x318F, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xFFA0...0xFFDC: self = .hangul
        default: self = .other
        }
    }
}
