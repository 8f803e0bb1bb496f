/// A piece of a line with its colours, which a terminal does not count as columns.
struct StyledText {
    let styled: String
    let displayWidth: Int

    init(_ plain: String, styled: String) {
        self.styled = styled
        displayWidth = plain.displayWidth
    }

    /// Pieces joined by `gap`, in lines of at most `width` columns; a wider piece stands alone.
    static func lines(_ pieces: [StyledText], width: Int, gap: String) -> [String] {
        var lines: [(text: String, width: Int)] = []
        for piece in pieces {
            if let last = lines.last, last.width + gap.count + piece.displayWidth <= width {
                lines[lines.count - 1] = (last.text + gap + piece.styled, last.width + gap.count + piece.displayWidth)
            } else {
                lines.append((piece.styled, piece.displayWidth))
            }
        }
        return lines.map(\.text)
    }
}
