package import SpeakModel

extension SecondaryIndex {
    /// What the index has of an item.
    package func projected(_ item: Item, of table: TableSchema) -> Item {
        guard let names = attributeNames(of: table) else { return item }
        return item.filter { names.contains($0.key) }
    }

    /// The attributes that it has of an item; `nil` for all of them.
    package func attributeNames(of table: TableSchema) -> Set<String>? {
        let keys = Set((table.key.attributes + key.attributes).map(\.name))
        switch projection {
        case .all: return nil
        case .keysOnly: return keys
        case .include(let names): return keys.union(names)
        }
    }
}
