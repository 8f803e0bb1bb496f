extension XMLElement {
    /// The element as a document of S3's.
    package var documentText: String {
        var writer = XMLWriter()
        writer.root(name) { writer in for child in children { child.write(to: &writer) } }
        return writer.text
    }

    private func write(to writer: inout XMLWriter) {
        if children.isEmpty {
            writer.element(name, text)
        } else {
            writer.element(name) { writer in for child in children { child.write(to: &writer) } }
        }
    }
}
