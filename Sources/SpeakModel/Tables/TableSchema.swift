/// A table's shape: what DynamoDB's CreateTable and UpdateTimeToLive are told.
package struct TableSchema: Hashable, Sendable {
    package let name: String
    package let key: KeySchema
    package var indexes: [SecondaryIndex]
    /// The attribute with the epoch second after which an item may go; `nil` where items stay.
    package var lifetimeAttribute: String?

    package init(name: String, key: KeySchema, indexes: [SecondaryIndex] = [], lifetimeAttribute: String? = nil) {
        self.name = name
        self.key = key
        self.indexes = indexes
        self.lifetimeAttribute = lifetimeAttribute
    }

    package func index(named name: String) -> SecondaryIndex? { indexes.first { $0.name == name } }
}

/// The attributes that find an item: all items of one partition key value, in the order of their sort keys.
package struct KeySchema: Hashable, Sendable {
    package let partition: KeyAttribute
    package let sort: KeyAttribute?
    /// One or both.
    package let attributes: [KeyAttribute]

    package init(partition: KeyAttribute, sort: KeyAttribute? = nil) {
        self.partition = partition
        self.sort = sort
        attributes = sort.map { [partition, $0] } ?? [partition]
    }
}

package struct KeyAttribute: Hashable, Sendable {
    package let name: String
    package let type: KeyType

    package init(_ name: String, _ type: KeyType = .string) {
        self.name = name
        self.type = type
    }
}

/// The types that a key attribute may have, spelt as DynamoDB spells them.
package enum KeyType: String, Hashable, Sendable {
    case string = "S"
    case number = "N"
    case binary = "B"
}

/// A secondary index.
///
/// It is sparse: an item without one of the index's key attributes is not in it.
package struct SecondaryIndex: Hashable, Sendable {
    /// Which attributes it has of an item, beside the keys of the table and its own.
    package enum Projection: Hashable, Sendable {
        case all
        case keysOnly
        case include([String])
    }

    package let name: String
    package let key: KeySchema
    package let projection: Projection
    /// A local one shares the table's partition key and lives as long as the table.
    package let isLocal: Bool

    package init(name: String, key: KeySchema, projection: Projection = .all, isLocal: Bool = false) {
        self.name = name
        self.key = key
        self.projection = projection
        self.isLocal = isLocal
    }
}
