/// One element of an SVG picture, with whatever it is given escaped.
package struct SVGElement {
    package let name: String
    private var attributes: [(name: String, value: String)]
    private var text = ""
    private var children: [SVGElement] = []

    package init(_ name: String, _ attributes: KeyValuePairs<String, SVGValue> = [:], _ children: [SVGElement] = []) {
        self.name = name
        self.attributes = attributes.map { ($0.key, $0.value.text) }
        self.children = children
    }

    package init(_ name: String, _ attributes: KeyValuePairs<String, SVGValue> = [:], text: String) {
        self.init(name, attributes)
        self.text = text
    }

    /// The element with more attributes.
    package func with(_ attributes: KeyValuePairs<String, SVGValue>) -> SVGElement {
        var element = self
        element.attributes += attributes.map { ($0.key, $0.value.text) }
        return element
    }

    /// The element with what a pointer that rests on it is told.
    package func titled(_ title: String) -> SVGElement {
        var element = self
        element.children.insert(SVGElement("title", text: title), at: 0)
        return element
    }

    package var svg: String {
        var text = ""
        write(into: &text)
        return text
    }

    private func write(into output: inout String) {
        output += "<" + name
        for attribute in attributes { output += " \(attribute.name)=\"\(Self.escaped(attribute.value))\"" }
        guard !text.isEmpty || !children.isEmpty else {
            output += "/>"
            return
        }
        output += ">" + Self.escaped(text)
        for child in children { child.write(into: &output) }
        output += "</\(name)>"
    }

    /// Without the characters that XML 1.0 cannot hold at all.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || "&<>\"".utf8.contains($0) || $0 == 0xEF }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// An attribute's value: text, or a number with at most two decimals.
package struct SVGValue: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(_ number: Double) { text = number.plain(decimals: 2) }
    package init(_ colour: RGBColour) { text = colour.hex }
    package init(stringLiteral value: String) { text = value }
    package init(floatLiteral value: Double) { self.init(value) }
    package init(integerLiteral value: Int) { text = String(value) }
}
