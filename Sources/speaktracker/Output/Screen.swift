import Foundation

/// Text that takes the place of the text before it, where stdout is a terminal; elsewhere it follows it.
struct Screen {
    private let isInPlace: Bool

    init(refreshes: Bool) { isInPlace = refreshes && isatty(STDOUT_FILENO) == 1 }

    func show(_ text: String) throws {
        guard isInPlace else { return try write(text + "\n") }
        // Home; each line over the old one, with what is left of that cleared; then everything below.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\u{1B}[K\n" }
        try write("\u{1B}[H" + lines.joined() + "\u{1B}[J")
    }

    private func write(_ text: String) throws {
        print(text, terminator: "")
        try StandardOutput.flush()
    }
}
