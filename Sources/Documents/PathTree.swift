/// What happens at which places of an item; no place lies within another.
struct PathTree<Leaf> {
    indirect enum Node {
        case leaf(Leaf)
        case members([String: Node])
        case elements([Int: Node])
    }

    private(set) var attributes: [String: Node] = [:]

    /// - Throws: ``DocumentError/invalid(_:)`` when the path lies within another, or another within it, or when one takes
    ///   for a list what the other takes for a map.
    mutating func insert(_ leaf: Leaf, at path: DocumentPath) throws(DocumentError) {
        let old = attributes[path.attribute]
        attributes[path.attribute] = try Self.node(old, with: leaf, at: path.steps[...], of: path)
    }

    private static func node(
        _ node: Node?, with leaf: Leaf, at steps: ArraySlice<DocumentPath.Step>, of path: DocumentPath
    ) throws(DocumentError) -> Node {
        let rest = steps.dropFirst()
        switch (steps.first, node) {
        case (nil, nil): return .leaf(leaf)
        case (nil, .some), (.some, .leaf): throw overlap(path)
        case (.member(let name), nil):
            return .members([name: try Self.node(nil, with: leaf, at: rest, of: path)])
        case (.member(let name), .members(var members)):
            members[name] = try Self.node(members[name], with: leaf, at: rest, of: path)
            return .members(members)
        case (.index(let index), nil):
            return .elements([index: try Self.node(nil, with: leaf, at: rest, of: path)])
        case (.index(let index), .elements(var elements)):
            elements[index] = try Self.node(elements[index], with: leaf, at: rest, of: path)
            return .elements(elements)
        case (.member, .elements), (.index, .members): throw conflict(path)
        }
    }

    private static func overlap(_ path: DocumentPath) -> DocumentError {
        .invalid("Two document paths overlap with each other; must remove or rewrite one of these paths: \(path)")
    }

    private static func conflict(_ path: DocumentPath) -> DocumentError {
        .invalid("Two document paths conflict with each other; must remove or rewrite one of these paths: \(path)")
    }
}
