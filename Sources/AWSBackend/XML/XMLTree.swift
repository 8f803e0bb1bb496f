/// An element of an XML answer: its name without a prefix, its text, the elements in it.
///
/// Enough of XML 1.0 for what S3 and STS write: no document types, so no entities but the five that every text has, and
/// no way to make a small answer a large tree.
struct XMLTree: Hashable, Sendable {
    let name: String
    private(set) var text = ""
    private(set) var children: [XMLTree] = []

    init(name: String) { self.name = name }

    /// The first element of that name.
    subscript(name: String) -> XMLTree? { children.first { $0.name == name } }

    func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

    /// The text of the first element of that name.
    func text(_ name: String) -> String? { self[name]?.text }
}

/// What is wrong with a text that should be XML.
struct XMLError: Error, Hashable, CustomStringConvertible {
    let offset: Int
    let reason: String

    var description: String { "Not XML: \(reason) at byte \(offset)." }
}

extension XMLTree {
    /// How deep elements may lie in each other; the services' lie five deep.
    private static let maximumDepth = 32

    /// Reads one document and returns its outermost element.
    init(parsing bytes: [UInt8]) throws(XMLError) {
        var parser = XMLParser(bytes: bytes)
        var open: [XMLTree] = []
        while let token = try parser.next() {
            switch token {
            case .text(let text):
                if !open.isEmpty { open[open.count - 1].text += text }
            case .start(let name, let isEmpty):
                guard open.count < Self.maximumDepth else { throw parser.failure("elements too deep") }
                open.append(XMLTree(name: name))
                if !isEmpty { continue }
                if let whole = Self.close(&open) { self = whole; return }
            case .end(let name):
                guard open.last?.name == name else { throw parser.failure("an end without its start") }
                if let whole = Self.close(&open) { self = whole; return }
            }
        }
        throw parser.failure("the text ends inside an element")
    }

    /// - Returns: The outermost element, once it is the one that was closed.
    private static func close(_ open: inout [XMLTree]) -> XMLTree? {
        let closed = open.removeLast()
        guard !open.isEmpty else { return closed }
        open[open.count - 1].children.append(closed)
        return nil
    }
}

/// Takes a text apart into tags and what is between them.
private struct XMLParser {
    enum Token {
        case start(String, isEmpty: Bool)
        case end(String)
        case text(String)
    }

    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    func failure(_ reason: String) -> XMLError { XMLError(offset: position, reason: reason) }

    mutating func next() throws(XMLError) -> Token? {
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else { return .text(try textRun()) }
            if starts("<?") {
                try skip(past: "?>")
            } else if starts("<!--") {
                try skip(past: "-->")
            } else if starts("<![CDATA[") {
                return .text(try cdata())
            } else if starts("<!") {
                throw failure("a document type")
            } else {
                return try tag()
            }
        }
        return nil
    }

    private func starts(_ text: StaticString) -> Bool {
        bytes[position...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func skip(past end: StaticString) throws(XMLError) {
        while position < bytes.count {
            if starts(end) { return position += end.utf8CodeUnitCount }
            position += 1
        }
        throw failure("something has no end")
    }

    private mutating func cdata() throws(XMLError) -> String {
        let start = position + "<![CDATA[".utf8.count
        try skip(past: "]]>")
        return try string(bytes[start..<position - 3])
    }

    private mutating func tag() throws(XMLError) -> Token {
        position += 1
        let isEnd = position < bytes.count && bytes[position] == UInt8(ascii: "/")
        if isEnd { position += 1 }
        let start = position
        var quote: UInt8?
        while position < bytes.count, quote != nil || bytes[position] != UInt8(ascii: ">") {
            let byte = bytes[position]
            if quote == byte {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
            position += 1
        }
        guard position < bytes.count else { throw failure("a tag has no end") }
        var content = bytes[start..<position]
        position += 1
        let isEmpty = !isEnd && content.last == UInt8(ascii: "/")
        if isEmpty { content.removeLast() }
        let qualified = content.prefix { !Self.isSpace($0) }
        let name = try string(qualified.split(separator: UInt8(ascii: ":")).last ?? [])
        guard !name.isEmpty else { throw failure("a tag has no name") }
        return isEnd ? .end(name) : .start(name, isEmpty: isEmpty)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private mutating func textRun() throws(XMLError) -> String {
        var unescaped: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            if bytes[position] == UInt8(ascii: "&") {
                unescaped += Array(String(try reference()).utf8)
            } else {
                unescaped.append(bytes[position])
                position += 1
            }
        }
        return try string(unescaped[...])
    }

    /// `&amp;`, `&#38;` or `&#x26;`.
    private mutating func reference() throws(XMLError) -> Character {
        let limit = min(bytes.count, position + 12)
        guard let end = bytes[position..<limit].firstIndex(of: UInt8(ascii: ";")) else {
            throw failure("a reference has no end")
        }
        let name = try string(bytes[position + 1..<end])
        if let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"][name] as Character? {
            position = end + 1
            return known
        }
        let digits = name.hasPrefix("#x") ? name.dropFirst(2) : name.dropFirst()
        guard name.hasPrefix("#"), let code = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10),
            let scalar = Unicode.Scalar(code)
        else { throw failure("no such reference") }
        position = end + 1
        return Character(scalar)
    }

    private func string(_ bytes: ArraySlice<UInt8>) throws(XMLError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("the text is not UTF-8") }
        return text
    }
}
