/// The records of a file of separated values, in constant memory.
struct SeparatedRecords {
    struct Record {
        /// `nil` for one that cannot be read; ``flaw`` says why.
        let fields: [String]?
        let flaw: String
        /// The number of its first line, from 1.
        let number: Int
    }

    private var lines: LineReader
    private let separator: SeparatedManifest.Separator

    init(path: String, separator: SeparatedManifest.Separator) throws(ArchiveError) {
        lines = try LineReader(path: path)
        self.separator = separator
    }

    /// A quoted field may go over several lines; one that never ends, or ends within other text as where a quote was
    /// forgotten, costs its first line, no more.
    mutating func next() throws(ArchiveError) -> Record? {
        guard let first = try lines.next() else { return nil }
        guard separator == .comma else {
            let fields = first.text?.split(separator: "\t", omittingEmptySubsequences: false)
            return record(first, fields?.map(Self.unquoted))
        }
        var fields = CommaSeparatedFields()
        var length = first.bytes.count
        fields.take(first.bytes)
        while fields.isOpen {
            guard length < Self.longestRecordInBytes, let more = try lines.next() else {
                return try flawed(first, "A quoted field begins in its line and never ends.")
            }
            length += more.bytes.count
            fields.take([UInt8(ascii: "\n")] + more.bytes)
        }
        if fields.hasTextBehindQuote {
            return try flawed(first, "A quoted field that begins in its line ends in front of other text.")
        }
        return record(first, fields.texts)
    }

    /// Costs a record's first line, since nobody knows which others it has.
    private mutating func flawed(_ first: LineReader.Line, _ flaw: String) throws(ArchiveError) -> Record {
        try lines.rewind(to: first)
        return Record(fields: nil, flaw: flaw, number: first.number)
    }

    private static let longestRecordInBytes = 1 << 16

    private func record(_ line: LineReader.Line, _ fields: [String]?) -> Record {
        Record(fields: fields, flaw: fields == nil ? "Its line is not UTF-8." : "", number: line.number)
    }

    /// Between tabs quotes are text, unless they stand around a whole field as spreadsheets set them.
    private static func unquoted(_ field: Substring) -> String {
        guard field.utf8.count >= 2, field.hasPrefix("\""), field.hasSuffix("\"") else { return String(field) }
        let inner = field.dropFirst().dropLast()
        let isDoubled = inner.replacing("\"\"", with: "").contains("\"") == false
        return isDoubled ? String(inner).replacing("\"\"", with: "\"") : String(field)
    }
}

/// One record of comma-separated values, read line by line.
///
/// Source: RFC 4180; quotes within a field that begins without one are text.
private struct CommaSeparatedFields {
    private enum State { case start, plain, quoted, quoteInQuoted }

    private var state = State.start
    private var finished: [[UInt8]] = []
    private var field: [UInt8] = []

    /// Whether the record goes on behind a line's end.
    var isOpen: Bool { state == .quoted }

    /// Whether a quoted field was followed by something else than the next field.
    private(set) var hasTextBehindQuote = false

    /// `nil` when it is not UTF-8.
    var texts: [String]? {
        var texts: [String] = []
        for bytes in finished + [field] {
            guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
            texts.append(text)
        }
        return texts
    }

    mutating func take(_ bytes: [UInt8]) {
        for byte in bytes { take(byte) }
    }

    private mutating func take(_ byte: UInt8) {
        switch (state, byte) {
        case (.start, UInt8(ascii: "\"")): state = .quoted
        case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            field.append(byte)
            state = .quoted
        case (.start, UInt8(ascii: ",")), (.plain, UInt8(ascii: ",")), (.quoteInQuoted, UInt8(ascii: ",")):
            finished.append(field)
            (field, state) = ([], .start)
        default:
            if state == .quoteInQuoted { hasTextBehindQuote = true }
            field.append(byte)
            if state != .quoted { state = .plain }
        }
    }
}
