/// A piece of an expression's text.
enum ExpressionToken: Hashable {
    /// A keyword, a function's or an attribute's name: `SET`, `size`, `job_id`.
    case word(String)
    /// `#name`, with its sign.
    case name(String)
    /// `:value`, with its sign.
    case value(String)
    case index(Int)
    /// `=`, `<>`, `(`, …
    case symbol(String)

    var text: String {
        switch self {
        case .word(let text), .name(let text), .value(let text), .symbol(let text): text
        case .index(let index): String(index)
        }
    }

    /// Whether an operand stands before it.
    var comparesOperands: Bool {
        if case .symbol(let text) = self, Comparison(rawValue: text) != nil { return true }
        return isKeyword("BETWEEN") || isKeyword("IN")
    }

    /// Keywords may be written in small letters; names may not be written otherwise than they are.
    func isKeyword(_ keyword: String) -> Bool {
        if case .word(let word) = self { word.uppercased() == keyword } else { false }
    }
}

/// Cuts an expression's text into tokens.
struct ExpressionLexer {
    private var bytes: Substring.UTF8View

    init(_ text: String) { bytes = text[...].utf8 }

    /// - Returns: `nil` at the end.
    /// - Throws: ``DocumentError/invalid(_:)`` at a character that no token begins with.
    mutating func next() throws(DocumentError) -> ExpressionToken? {
        _ = take(while: Self.isSpace)
        guard let byte = bytes.first else { return nil }
        switch byte {
        case UInt8(ascii: "#"): return .name(try placeholder())
        case UInt8(ascii: ":"): return .value(try placeholder())
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .index(try index())
        case _ where Self.isLetter(byte): return .word(take(while: Self.isNamePart))
        default: return .symbol(try symbol())
        }
    }

    private mutating func take(while belongs: (UInt8) -> Bool) -> String {
        let run = bytes.prefix(while: belongs)
        bytes = bytes[run.endIndex...]
        return String(Substring(run))
    }

    private mutating func placeholder() throws(DocumentError) -> String {
        let sign = String(UnicodeScalar(bytes.removeFirst()))
        let name = take(while: Self.isNamePart)
        guard !name.isEmpty else { throw .invalid("Syntax error; token: \"\(sign)\"") }
        return sign + name
    }

    private mutating func index() throws(DocumentError) -> Int {
        let digits = take(while: Self.isDigit)
        guard digits.count <= 9, let index = Int(digits) else {
            throw .invalid("List index is not within the allowable range; index: [\(digits.prefix(32))]")
        }
        return index
    }

    private mutating func symbol() throws(DocumentError) -> String {
        for symbol in ["<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-"]
        where bytes.starts(with: symbol.utf8) {
            bytes.removeFirst(symbol.utf8.count)
            return symbol
        }
        throw .invalid("Syntax error; token: \"\(String(Substring(bytes)).prefix(1))\"")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    private static func isNamePart(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
    }
}
