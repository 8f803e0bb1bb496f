package import SpeakModel

extension TableSchema {
    private static let maximumLocalCount = 5
    private static let maximumGlobalCount = 20

    /// Refuses what CreateTable refuses: odd names, twins among indexes, one attribute with two types.
    package func checkDefinition() throws(DocumentError) {
        for name in [name] + indexes.map(\.name) {
            guard name.wholeMatch(of: #/[a-zA-Z0-9_.\-]{3,255}/#) != nil else {
                throw .invalid("Names of tables and indexes have 3 to 255 of a-z, A-Z, 0-9, '_', '-' and '.'.")
            }
        }
        let localCount = indexes.count(where: \.isLocal)
        guard localCount <= Self.maximumLocalCount, indexes.count - localCount <= Self.maximumGlobalCount else {
            throw .invalid(
                "A table has at most \(Self.maximumLocalCount) local and \(Self.maximumGlobalCount) global indexes.")
        }
        guard Set(indexes.map(\.name)).count == indexes.count else {
            throw .invalid("No two indexes of a table have one name.")
        }
        var types: [String: KeyType] = [:]
        for attribute in ([key] + indexes.map(\.key)).flatMap(\.attributes) {
            guard types.updateValue(attribute.type, forKey: attribute.name) ?? attribute.type == attribute.type else {
                throw .invalid("The attribute \(attribute.name) cannot be of two types.")
            }
        }
        for key in [key] + indexes.map(\.key) where key.sort?.name == key.partition.name {
            throw .invalid("Both the partition key and the sort key cannot be \(key.partition.name).")
        }
    }
}
