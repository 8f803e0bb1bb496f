/// Writes a document as S3 does.
package struct XMLWriter: Sendable {
    package private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    package init() {}

    package mutating func root(_ name: String, _ content: (inout XMLWriter) -> Void) {
        text += "<\(name) xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        content(&self)
        text += "</\(name)>"
    }

    /// - Parameter attributes: Their values are written as they are.
    package mutating func element(
        _ name: String, attributes: KeyValuePairs<String, String> = [:], _ content: (inout XMLWriter) -> Void
    ) {
        text += "<\(name)\(attributes.map { " \($0)=\"\($1)\"" }.joined())>"
        content(&self)
        text += "</\(name)>"
    }

    /// An element with text; nothing for `nil`.
    package mutating func element(_ name: String, _ content: String?) {
        guard let content else { return }
        text += "<\(name)>"
        escape(content)
        text += "</\(name)>"
    }

    /// Text inside the element that is open.
    package mutating func content(_ content: String) { escape(content) }

    package mutating func element(_ name: String, _ number: Int?) { element(name, number.map { String($0) }) }

    package mutating func element(_ name: String, _ flag: Bool) { element(name, flag ? "true" : "false") }

    /// Control characters become references, as S3 writes them; XML 1.0 has no other way, and most readers take these.
    private mutating func escape(_ content: String) {
        guard content.utf8.contains(where: { $0 < 0x20 || "&<>\"'".utf8.contains($0) || $0 == 0xEF }) else {
            text += content
            return
        }
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&apos;"
            default:
                if scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF {
                    text += "&#x\(String(scalar.value, radix: 16));"
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
    }
}
