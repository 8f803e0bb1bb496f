extension String {
    /// The text between two UTF-8 offsets, which must not cut a character.
    func text(inBytes bytes: Range<Int>) -> String {
        let start = utf8.index(startIndex, offsetBy: bytes.lowerBound)
        return String(self[start..<utf8.index(start, offsetBy: bytes.count)])
    }
}
