extension String {
    /// How many columns a terminal gives this text: two for each Korean, Chinese or Japanese character and each emoji.
    var displayWidth: Int { reduce(0) { $0 + ($1.isWide ? 2 : 1) } }

    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - displayWidth)) }

    var trimmingTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

extension Character {
    /// The wide blocks of Unicode's EastAsianWidth.txt, and emoji.
    fileprivate var isWide: Bool {
        guard let scalar = unicodeScalars.first else { return false }
        return switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
