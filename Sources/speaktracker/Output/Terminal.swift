import Foundation
import Reports

/// What the terminal at stdout can show.
///
/// Elsewhere, and with NO_COLOR set, text stays plain.
enum Terminal {
    static let showsColour =
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        || ProcessInfo.processInfo.environment["CLICOLOR_FORCE"] == "1"

    static let style: TextStyle = showsColour ? .coloured : .plain

    static func bold(_ text: String) -> String { style.bold(text) }
    static func dim(_ text: String) -> String { style.dim(text) }
    static func red(_ text: String) -> String { style.red(text) }
    static func green(_ text: String) -> String { style.green(text) }
    static func yellow(_ text: String) -> String { style.yellow(text) }

    /// Text from outside, with whatever could steer a terminal made visible.
    static func safe(_ text: String) -> String { TextStyle.safe(text) }
}
