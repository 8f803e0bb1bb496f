/// Whether text carries a terminal's colours.
package enum TextStyle: Hashable, Sendable {
    case plain, coloured

    package func bold(_ text: String) -> String { style(text, "1") }
    package func dim(_ text: String) -> String { style(text, "2") }
    package func red(_ text: String) -> String { style(text, "31") }
    package func green(_ text: String) -> String { style(text, "32") }
    package func yellow(_ text: String) -> String { style(text, "33") }

    private func style(_ text: String, _ code: String) -> String {
        self == .coloured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Green from 80, yellow from 60, red below; as it is without a score.
    package func scored(_ text: String, _ score: Double?) -> String {
        switch score {
        case .some(80...): green(text)
        case .some(60..<80): yellow(text)
        case .some: red(text)
        case nil: text
        }
    }

    /// A score as twenty blocks and a number, or a dash.
    package func bar(_ score: Double?) -> String {
        guard let score else { return "–" }
        let filled = min(20, max(0, Int((score / 5).rounded())))
        return scored(String(repeating: "█", count: filled), score)
            + dim(String(repeating: "░", count: 20 - filled)) + " \(score.plain(decimals: 1))"
    }

    /// Text from outside, with whatever could steer a terminal made a space.
    package static func safe(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? " " : $0 }))
    }
}
