import Foundation

/// What the terminal at stdout can show.
///
/// Elsewhere, and with NO_COLOR set, text stays plain.
enum Terminal {
    static let showsColour =
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        || ProcessInfo.processInfo.environment["CLICOLOR_FORCE"] == "1"

    static func bold(_ text: String) -> String { style(text, "1") }
    static func dim(_ text: String) -> String { style(text, "2") }
    static func red(_ text: String) -> String { style(text, "31") }
    static func green(_ text: String) -> String { style(text, "32") }
    static func yellow(_ text: String) -> String { style(text, "33") }

    private static func style(_ text: String, _ code: String) -> String {
        showsColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// Text from outside, with whatever could steer a terminal made visible.
    static func safe(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) ? " " : $0 }))
    }
}
