extension JSONValue {
    /// The value as compact UTF-8, members in the order of their names, so that equal values give equal bytes.
    package var utf8: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes, indentation: nil)
        return bytes
    }

    /// The value as compact text.
    package var text: String { String(decoding: utf8, as: UTF8.self) }

    /// The value over several lines, for people.
    package var prettyText: String {
        var bytes: [UInt8] = []
        write(into: &bytes, indentation: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value; `indentation` is the depth to indent to, or `nil` for one line.
    private func write(into bytes: inout [UInt8], indentation: Int?) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let text): bytes.append(contentsOf: text.utf8)
        case .string(let value): Self.write(value, into: &bytes)
        case .array(let values):
            Self.write(values, between: ("[", "]"), into: &bytes, indentation) { value, bytes, depth in
                value.write(into: &bytes, indentation: depth)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            Self.write(sorted, between: ("{", "}"), into: &bytes, indentation) { member, bytes, depth in
                Self.write(member.key, into: &bytes)
                bytes.append(contentsOf: (depth == nil ? ":" : ": ").utf8)
                member.value.write(into: &bytes, indentation: depth)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element],
        between brackets: (open: String, close: String),
        into bytes: inout [UInt8],
        _ indentation: Int?,
        _ writeElement: (Element, inout [UInt8], Int?) -> Void
    ) {
        bytes.append(contentsOf: brackets.open.utf8)
        let inner = indentation.map { $0 + 1 }
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            newLine(inner, into: &bytes)
            writeElement(element, &bytes, inner)
        }
        if !elements.isEmpty { newLine(indentation, into: &bytes) }
        bytes.append(contentsOf: brackets.close.utf8)
    }

    private static func newLine(_ depth: Int?, into bytes: inout [UInt8]) {
        guard let depth else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    private static func write(_ string: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { text in
            // Most strings have nothing to escape, and are copied at once.
            var start = 0
            for (index, byte) in text.enumerated() where isEscaped(byte) {
                bytes.append(contentsOf: text[start..<index])
                bytes.append(contentsOf: escape(of: byte).utf8)
                start = index + 1
            }
            bytes.append(contentsOf: text[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }

    private static func escape(of byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case 0x0A: return "\\n"
        case 0x0D: return "\\r"
        case 0x09: return "\\t"
        default:
            let digits = String(byte, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
