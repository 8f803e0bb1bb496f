extension String {
    /// About how wide a sans-serif font sets this text, in ems.
    ///
    /// Rounded up from Helvetica's widths, since nobody knows which font a viewer has.
    var widthInEms: Double { reduce(0) { $0 + $1.widthInEms } }

    /// Lines of about `width` ems at most, broken at spaces.
    func wrapped(toEms width: Double) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ") {
            if let last = lines.last, (last + " " + word).widthInEms <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}

extension Character {
    fileprivate var widthInEms: Double {
        if isWide { return 1 }
        return switch self {
        case "i", "j", "l", "I", "'", "|", ".", ",", ":", ";", "!": 0.29
        case "f", "t", "r", " ", "(", ")", "[", "]", "/", "-", "“", "”", "’", "‘": 0.36
        case "m", "w", "M", "W", "@", "%", "—", "…": 0.92
        case "A"..."Z", "&": 0.72
        default: 0.58
        }
    }
}
