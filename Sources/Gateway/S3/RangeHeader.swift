/// The one range that a request asks for (RFC 9110, section 14.2).
enum RangeHeader {
    enum Range: Hashable {
        case bytes(from: Int, through: Int?)
        /// The last so many bytes.
        case suffix(Int)
    }

    /// - Returns: `nil` for what is to be ignored: other units, more than one range, ranges that end before they begin.
    static func range(_ text: String) -> Range? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, trimmed(parts[0]).lowercased() == "bytes" else { return nil }
        let ends = trimmed(parts[1]).split(separator: "-", omittingEmptySubsequences: false).map(trimmed)
        guard ends.count == 2 else { return nil }
        if ends[0].isEmpty { return number(ends[1]).map(Range.suffix) }
        guard let start = number(ends[0]) else { return nil }
        if ends[1].isEmpty { return .bytes(from: start, through: nil) }
        guard let end = number(ends[1]), end >= start else { return nil }
        return .bytes(from: start, through: end)
    }

    /// - Returns: `nil` where the range has no byte of a body of this size.
    static func cut(_ range: Range, toSize size: Int) -> Swift.Range<Int>? {
        switch range {
        case .suffix(let count): count == 0 || size == 0 ? nil : max(0, size - count)..<size
        case .bytes(let start, let end):
            start >= size ? nil : start..<min(size, end.map { $0 < Int.max ? $0 + 1 : $0 } ?? size)
        }
    }

    private static func number(_ digits: Substring) -> Int? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        // More digits than a number has mean the end.
        return Int(digits) ?? .max
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
