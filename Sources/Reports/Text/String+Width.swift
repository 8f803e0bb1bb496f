extension String {
    /// How many columns a terminal gives this text: two for each Korean, Chinese or Japanese character and each emoji.
    package var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - displayWidth))
    }

    package var trimmingTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// Lines of at most `width` columns, broken at spaces; a word that is longer stands alone or is cut.
    package func wrapped(to width: Int) -> [String] {
        precondition(width >= 2, "A wide character has two columns.")
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ").flatMap({ String($0).cut(to: width) }) {
            if line.isEmpty {
                line = word
            } else if line.displayWidth + 1 + word.displayWidth <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = word
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// Pieces of at most `width` columns.
    private func cut(to width: Int) -> [String] {
        var pieces = [""]
        var used = 0
        for character in self {
            if used + character.displayWidth > width {
                pieces.append("")
                used = 0
            }
            pieces[pieces.count - 1].append(character)
            used += character.displayWidth
        }
        return pieces
    }
}

extension Character {
    package var displayWidth: Int { isWide ? 2 : 1 }

    /// The wide blocks of Unicode's EastAsianWidth.txt, and emoji.
    package var isWide: Bool {
        guard let scalar = unicodeScalars.first else { return false }
        return switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
