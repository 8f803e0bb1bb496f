/// Which characters SQS takes in a body or a string attribute.
///
/// They are those of XML 1.0: tab, line feed, carriage return, U+0020 to U+D7FF, U+E000 to U+FFFD and everything from
/// U+10000. Source: SendMessage in the Amazon SQS API reference.
package enum MessageText {
    /// - Throws: ``QueueError/outOfRange(parameter:value:allowed:)`` that names the first place that is not allowed.
    package static func check(_ bytes: [UInt8], _ parameter: String) throws(QueueError) {
        // Nearly every body is ASCII without control characters.
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x80 }) { return }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .outOfRange(parameter: parameter, value: "not UTF-8", allowed: "UTF-8")
        }
        guard let bad = text.unicodeScalars.firstIndex(where: { !isAllowed($0) }) else { return }
        let offset = text.utf8.distance(from: text.startIndex, to: bad)
        let code = String(text.unicodeScalars[bad].value, radix: 16, uppercase: true)
        throw .outOfRange(
            parameter: parameter,
            value: "U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) at byte \(offset)",
            allowed: "tab, line feed, carriage return and characters from U+0020 but U+FFFE and U+FFFF")
    }

    /// The text with U+FFFD in place of every character that is not allowed.
    package static func replacingBad(in text: String) -> String {
        guard text.unicodeScalars.contains(where: { !isAllowed($0) }) else { return text }
        var good = String.UnicodeScalarView()
        good.append(contentsOf: text.unicodeScalars.map { isAllowed($0) ? $0 : "\u{FFFD}" })
        return String(good)
    }

    package static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD: true
        case 0..<0x20, 0xFFFE, 0xFFFF: false
        default: true
        }
    }
}
