/// A way to a value in an item: an attribute's name, then member names and list indexes, as in `words[0].phones`.
package struct DocumentPath: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        case member(String)
        case index(Int)
    }

    package let attribute: String
    package let steps: [Step]

    package init(_ attribute: String, _ steps: [Step] = []) {
        self.attribute = attribute
        self.steps = steps
    }
}

extension DocumentPath: ExpressibleByStringLiteral {
    /// The attribute of that very name; dots and brackets have no meaning here.
    package init(stringLiteral attribute: String) { self.init(attribute) }
}
