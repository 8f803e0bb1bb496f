import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An SVG file as an XML parser sees it.
final class SVGPicture: NSObject, XMLParserDelegate {
    let source: String
    private(set) var names: Set<String> = []
    /// What `text` elements say, each with all of its parts.
    private(set) var texts: [String] = []
    private(set) var titles: [String] = []
    private var attributes: [(name: String, values: [String: String])] = []
    private var collected: String?

    /// Fails unless the file is well-formed.
    init(_ svg: String) throws {
        source = svg
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
    }

    func elements(_ name: String) -> [[String: String]] { attributes.filter { $0.name == name }.map(\.values) }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        names.insert(name)
        self.attributes.append((name, attributes))
        if ["text", "title", "tspan"].contains(name) { collected = "" }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { collected? += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let text = collected else { return }
        if name == "title" { titles.append(text) }
        if name == "text" || name == "tspan" { texts.append(text) }
        collected = nil
    }
}
