/// An element of an XML document, as AWS's requests and answers have them: names without their prefixes, no attributes.
package struct XMLElement: Sendable {
    package let name: String
    package var children: [XMLElement] = []
    /// The text between the tags, without that of the children.
    package var text = ""

    package init(name: String, text: String = "", children: [XMLElement] = []) {
        (self.name, self.text, self.children) = (name, text, children)
    }

    /// The first child of a name.
    package subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    package func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The text of the first child of a name.
    package func text(_ name: String) -> String? { self[name]?.text }
}

/// Why a text is not a document that is read here.
package enum XMLFlaw: Error, CustomStringConvertible {
    case malformed, tooDeep, tooLarge

    package var description: String {
        switch self {
        case .malformed: "it is not XML, or has a document type."
        case .tooDeep: "its elements lie too deep in each other."
        case .tooLarge: "it has too many elements."
        }
    }
}

extension XMLElement {
    /// Reads a document: elements, text, CDATA and the five predefined entities.
    ///
    /// A document type is refused, so no entity can be defined.
    ///
    /// Source: Extensible Markup Language (XML) 1.0, fifth edition.
    package init(parsing bytes: [UInt8]) throws(XMLFlaw) {
        var parser = XMLParser(bytes: bytes)
        self = try parser.document()
    }
}

private struct XMLParser {
    /// More than any document of S3's has.
    private static let mostDepth = 16
    private static let mostElements = 200_000

    let bytes: [UInt8]
    private var place = 0
    private var elementCount = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(XMLFlaw) -> XMLElement {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
        try skipBetween()
        guard peek(0) == UInt8(ascii: "<") else { throw .malformed }
        let root = try element(depth: 0)
        try skipBetween()
        guard place == bytes.count else { throw .malformed }
        return root
    }

    private func peek(_ distance: Int) -> UInt8? {
        place + distance < bytes.count ? bytes[place + distance] : nil
    }

    private func isAt(_ text: StaticString) -> Bool {
        bytes[place...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func skip(past text: StaticString) throws(XMLFlaw) {
        while place < bytes.count {
            if isAt(text) {
                place += text.utf8CodeUnitCount
                return
            }
            place += 1
        }
        throw .malformed
    }

    private mutating func skipSpace() {
        while let byte = peek(0), Self.isSpace(byte) { place += 1 }
    }

    /// Skips what may stand around the root: space, comments and processing instructions.
    private mutating func skipBetween() throws(XMLFlaw) {
        while true {
            skipSpace()
            if isAt("<?") {
                try skip(past: "?>")
            } else if isAt("<!--") {
                try skip(past: "-->")
            } else {
                return
            }
        }
    }

    private mutating func element(depth: Int) throws(XMLFlaw) -> XMLElement {
        guard depth < Self.mostDepth else { throw .tooDeep }
        elementCount += 1
        guard elementCount <= Self.mostElements else { throw .tooLarge }
        place += 1
        let fullName = name()
        guard !fullName.isEmpty else { throw .malformed }
        var element = XMLElement(
            name: String(decoding: fullName.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self))
        guard try attributes() else { return element }
        var text: [UInt8] = []
        while true {
            guard let byte = peek(0) else { throw .malformed }
            if byte == UInt8(ascii: "&") {
                text += try reference()
            } else if byte != UInt8(ascii: "<") {
                // Line ends are read as one line feed (section 2.11).
                if byte == UInt8(ascii: "\r") {
                    text.append(UInt8(ascii: "\n"))
                    if peek(1) == UInt8(ascii: "\n") { place += 1 }
                } else {
                    text.append(byte)
                }
                place += 1
            } else if isAt("</") {
                place += 2
                guard name() == fullName else { throw .malformed }
                skipSpace()
                guard peek(0) == UInt8(ascii: ">") else { throw .malformed }
                place += 1
                guard let whole = String(validating: text, as: UTF8.self) else { throw .malformed }
                element.text = whole
                return element
            } else if isAt("<!--") {
                try skip(past: "-->")
            } else if isAt("<![CDATA[") {
                place += 9
                let start = place
                try skip(past: "]]>")
                text += bytes[start..<(place - 3)]
            } else if isAt("<?") {
                try skip(past: "?>")
            } else if isAt("<!") {
                throw .malformed
            } else {
                element.children.append(try self.element(depth: depth + 1))
            }
        }
    }

    private mutating func name() -> ArraySlice<UInt8> {
        let start = place
        while let byte = peek(0), !Self.isSpace(byte), !"/>=<&\"'".utf8.contains(byte) { place += 1 }
        return bytes[start..<place]
    }

    /// Skips attributes and the tag's end.
    ///
    /// - Returns: Whether the element has content.
    private mutating func attributes() throws(XMLFlaw) -> Bool {
        while true {
            skipSpace()
            if isAt("/>") {
                place += 2
                return false
            }
            if peek(0) == UInt8(ascii: ">") {
                place += 1
                return true
            }
            guard !name().isEmpty else { throw .malformed }
            skipSpace()
            guard peek(0) == UInt8(ascii: "=") else { throw .malformed }
            place += 1
            skipSpace()
            guard let quote = peek(0), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                throw .malformed
            }
            place += 1
            while let byte = peek(0), byte != quote {
                guard byte != UInt8(ascii: "<") else { throw .malformed }
                place += 1
            }
            guard peek(0) == quote else { throw .malformed }
            place += 1
        }
    }

    private mutating func reference() throws(XMLFlaw) -> [UInt8] {
        place += 1
        let start = place
        while let byte = peek(0), byte != UInt8(ascii: ";"), place - start < 12 { place += 1 }
        guard peek(0) == UInt8(ascii: ";") else { throw .malformed }
        let name = String(decoding: bytes[start..<place], as: UTF8.self)
        place += 1
        switch name {
        case "lt": return Array("<".utf8)
        case "gt": return Array(">".utf8)
        case "amp": return Array("&".utf8)
        case "quot": return Array("\"".utf8)
        case "apos": return Array("'".utf8)
        default:
            let number =
                name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst(1), radix: 10)
            guard name.hasPrefix("#"), let scalar = number.flatMap(Unicode.Scalar.init), scalar.value != 0 else {
                throw .malformed
            }
            return Array(String(Character(scalar)).utf8)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
