/// Reads the XML that SSML needs and refuses what is not well formed, in one pass.
///
/// Source: W3C, "Extensible Markup Language (XML) 1.0 (Fifth Edition)". Document type declarations are refused, so there
/// are no entities but XML's own five and character references: nothing here can reach a file or the network.
struct MarkupReader {
    private static let deepest = 16
    private static let entities: [String: Unicode.Scalar] = [
        "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'",
    ]

    private let input: [ScriptScalar]
    private var position = 0
    private var events: [MarkupEvent] = []
    private var open: [MarkupTag] = []
    private var text: [ScriptScalar] = []
    private var hasRoot = false

    static func events(of input: [ScriptScalar]) throws(SpeechError) -> [MarkupEvent] {
        var reader = MarkupReader(input: input)
        try reader.read()
        return reader.events
    }

    private init(input: [ScriptScalar]) { self.input = input }

    private mutating func read() throws(SpeechError) {
        while position < input.count {
            switch input[position].scalar {
            case "<": try readTag()
            case "&": text.append(try readEntity())
            default:
                text.append(input[position])
                position += 1
            }
        }
        try flushText()
        if let tag = open.last { throw malformed("<\(tag.name)> is never closed", at: tag.bytes.lowerBound) }
        guard hasRoot else { throw malformed("there is no <speak> element", at: 0) }
    }

    private mutating func flushText() throws(SpeechError) {
        defer { text = [] }
        guard !text.isEmpty else { return }
        if open.isEmpty {
            guard let stray = text.first(where: { !$0.scalar.isSpace }) else { return }
            throw malformed("there is text outside the <speak> element", at: stray.bytes.lowerBound)
        }
        events.append(.text(text))
    }

    private mutating func readTag() throws(SpeechError) {
        let start = offset
        if skip("<!--") { return try skip(past: "-->", "the comment", from: start) }
        if skip("<![CDATA[") { return try readVerbatim(from: start) }
        if skip("<?") { return try skip(past: "?>", "the processing instruction", from: start) }
        if matches("<!") { throw malformed("document type declarations are not allowed", at: offset) }
        try flushText()
        if skip("</") { return try readClosingTag(from: start) }
        position += 1
        try readOpeningTag(from: start)
    }

    private mutating func readVerbatim(from start: Int) throws(SpeechError) {
        let first = position
        try skip(past: "]]>", "the CDATA section", from: start)
        text.append(contentsOf: input[first..<(position - 3)])
    }

    private mutating func readClosingTag(from start: Int) throws(SpeechError) {
        let name = try readName()
        skipSpace()
        guard skip(">") else { throw malformed("</\(name)> lacks its >", at: offset) }
        guard let tag = open.popLast() else { throw malformed("</\(name)> closes nothing", at: start) }
        guard tag.name == name else { throw malformed("</\(name)> closes <\(tag.name)>", at: start) }
        events.append(.close(MarkupTag(name: name, attributes: tag.attributes, bytes: start..<offset)))
    }

    private mutating func readOpeningTag(from start: Int) throws(SpeechError) {
        let name = try readName()
        let attributes = try readAttributes(of: name)
        let isEmpty = skip("/>")
        guard isEmpty || skip(">") else { throw malformed("<\(name)> lacks its >", at: offset) }
        guard !(open.isEmpty && hasRoot) else { throw malformed("there is a second root element <\(name)>", at: start) }
        guard open.count < Self.deepest else {
            throw malformed("tags are nested deeper than \(Self.deepest)", at: start)
        }
        hasRoot = true
        let tag = MarkupTag(name: name, attributes: attributes, bytes: start..<offset)
        events.append(.open(tag))
        if isEmpty { events.append(.close(tag)) } else { open.append(tag) }
    }

    private mutating func readAttributes(of tag: String) throws(SpeechError) -> [String: String] {
        var attributes: [String: String] = [:]
        while true {
            let hadSpace = skipSpace()
            guard position < input.count, !matches("/>"), !matches(">") else { return attributes }
            guard hadSpace else { throw malformed("<\(tag)> lacks a space before an attribute", at: offset) }
            let start = offset
            let name = try readName()
            skipSpace()
            guard skip("=") else { throw malformed("attribute \(name) of <\(tag)> has no value", at: offset) }
            skipSpace()
            guard attributes.updateValue(try readValue(of: name), forKey: name) == nil else {
                throw malformed("<\(tag)> has attribute \(name) twice", at: start)
            }
        }
    }

    private mutating func readValue(of name: String) throws(SpeechError) -> String {
        guard position < input.count, ["\"", "'"].contains(input[position].scalar) else {
            throw malformed("the value of attribute \(name) lacks quotes", at: offset)
        }
        let quote = input[position].scalar
        position += 1
        var value = String.UnicodeScalarView()
        while position < input.count, input[position].scalar != quote {
            switch input[position].scalar {
            case "<": throw malformed("the value of attribute \(name) contains <", at: offset)
            case "&": value.append(try readEntity().scalar)
            default:
                value.append(input[position].scalar)
                position += 1
            }
        }
        guard position < input.count else { throw malformed("the value of attribute \(name) never ends", at: offset) }
        position += 1
        return String(value)
    }

    /// `&amp;` and its kin, `&#65;`, `&#x41;`.
    private mutating func readEntity() throws(SpeechError) -> ScriptScalar {
        let start = offset
        let name = input[position...].dropFirst().prefix(10).prefix { $0.scalar != ";" }
        let end = name.endIndex
        guard end < input.count, input[end].scalar == ";" else {
            throw malformed("& must be written as &amp;", at: start)
        }
        let text = String(String.UnicodeScalarView(name.map(\.scalar)))
        guard let scalar = Self.scalar(named: text) else { throw malformed("there is no entity &\(text);", at: start) }
        position = end + 1
        return ScriptScalar(scalar: scalar, bytes: start..<input[end].bytes.upperBound)
    }

    private static func scalar(named name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return entities[name] }
        let digits = name.dropFirst()
        let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return code.flatMap(Unicode.Scalar.init).flatMap { $0.isReadable ? $0 : nil }
    }

    private mutating func readName() throws(SpeechError) -> String {
        let name = input[position...].prefix {
            $0.scalar.isWordCharacter || [":", "_", "-", "."].contains($0.scalar)
        }
        guard let first = name.first, first.scalar.properties.isAlphabetic || first.scalar == "_" else {
            throw malformed("a name is missing; < must be written as &lt;", at: offset)
        }
        position = name.endIndex
        return String(String.UnicodeScalarView(name.map(\.scalar)))
    }
}

extension MarkupReader {
    /// Where the reader is, as a UTF-8 offset in the request.
    private var offset: Int {
        position < input.count ? input[position].bytes.lowerBound : input.last?.bytes.upperBound ?? 0
    }

    private func matches(_ text: String) -> Bool {
        input[position...].prefix(text.unicodeScalars.count).map(\.scalar).elementsEqual(text.unicodeScalars)
    }

    private mutating func skip(_ text: String) -> Bool {
        guard matches(text) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private mutating func skip(past end: String, _ what: String, from start: Int) throws(SpeechError) {
        while !skip(end) {
            guard position < input.count else { throw malformed("\(what) never ends", at: start) }
            position += 1
        }
    }

    @discardableResult private mutating func skipSpace() -> Bool {
        let space = input[position...].prefix { $0.scalar.isSpace }
        position = space.endIndex
        return !space.isEmpty
    }

    private func malformed(_ reason: String, at offset: Int) -> SpeechError {
        .malformedSSML(reason: reason, byteOffset: offset)
    }
}
