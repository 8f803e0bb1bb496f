extension Dictionary where Key == String, Value == AttributeValue {
    /// The item with nothing but what the paths lead to, in the maps and lists that it lies in.
    ///
    /// - Throws: ``DocumentError/invalid(_:)`` for paths that overlap.
    package func projected(to paths: [DocumentPath]) throws(DocumentError) -> Item {
        var tree = PathTree<Void>()
        for path in paths { try tree.insert((), at: path) }
        var result: Item = [:]
        for (name, node) in tree.attributes { result[name] = self[name].flatMap(node.projection) }
        return result
    }
}

extension PathTree<Void>.Node {
    fileprivate func projection(of value: AttributeValue) -> AttributeValue? {
        switch (self, value) {
        case (.leaf, _): return value
        case (.members(let nodes), .map(let members)):
            let found = nodes.reduce(into: Item()) { found, node in
                found[node.key] = members[node.key].flatMap(node.value.projection)
            }
            return found.isEmpty ? nil : .map(found)
        case (.elements(let nodes), .list(let values)):
            let found = nodes.sorted { $0.key < $1.key }.compactMap { index, node in
                values.indices.contains(index) ? node.projection(of: values[index]) : nil
            }
            return found.isEmpty ? nil : .list(found)
        case (.members, _), (.elements, _): return nil
        }
    }
}
