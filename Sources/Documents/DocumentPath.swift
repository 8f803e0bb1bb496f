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

    /// The value at this path, or `nil` where the path leads nowhere.
    package func value(in item: Item) -> AttributeValue? {
        steps.reduce(item[attribute]) { value, step in
            switch (step, value) {
            case (.member(let name), .map(let members)): members[name]
            case (.index(let index), .list(let values)): values.indices.contains(index) ? values[index] : nil
            default: nil
            }
        }
    }
}

extension DocumentPath: ExpressibleByStringLiteral {
    /// The attribute of that very name; dots and brackets have no meaning here.
    package init(stringLiteral attribute: String) { self.init(attribute) }
}

extension DocumentPath: CustomStringConvertible {
    package var description: String {
        steps.reduce(attribute) { text, step in
            switch step {
            case .member(let name): "\(text).\(name)"
            case .index(let index): "\(text)[\(index)]"
            }
        }
    }
}
