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

extension DocumentPath {
    /// As DynamoDB shows it in errors: `[a, b, [0]]`.
    var bracketed: String {
        let parts = steps.map { step in
            switch step {
            case .member(let name): name
            case .index(let index): "[\(index)]"
            }
        }
        return "[\(([attribute] + parts).joined(separator: ", "))]"
    }

    /// Refuses paths of which one lies within another, or which take one value for a map and for a list.
    static func checkApart(_ paths: [DocumentPath]) throws(DocumentError) {
        for (index, one) in paths.enumerated() {
            for other in paths[..<index] where one.attribute == other.attribute {
                let shared = zip(one.steps, other.steps).prefix { $0 == $1 }.count
                let isWithin = shared == min(one.steps.count, other.steps.count)
                guard isWithin || one.steps[shared].isIndex != other.steps[shared].isIndex else { continue }
                throw .invalid(
                    "Two document paths \(isWithin ? "overlap" : "conflict") with each other; must remove or rewrite one "
                        + "of these paths; path one: \(other.bracketed), path two: \(one.bracketed)")
            }
        }
    }
}

extension DocumentPath.Step {
    fileprivate var isIndex: Bool {
        if case .index = self { true } else { false }
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
