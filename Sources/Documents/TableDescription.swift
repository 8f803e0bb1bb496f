package import JSON
package import SpeakModel

/// What a store knows of a table beside its items.
package struct TableDescription: Hashable, Sendable {
    /// Another for each table that ever was, also for one of the same name.
    package let id: String
    package var schema: TableSchema
    package let createdAt: Timestamp
    /// What else the table was told, by names of the teller: kept and given back.
    package var settings: JSONValue
    /// Indexes that do not have all items yet.
    package var backfilling: Set<String>

    package init(
        id: String, schema: TableSchema, createdAt: Timestamp, settings: JSONValue, backfilling: Set<String> = []
    ) {
        self.id = id
        self.schema = schema
        self.createdAt = createdAt
        self.settings = settings
        self.backfilling = backfilling
    }
}

/// How many items a table has and how large they are, as they were some time ago.
package struct TableSize: Hashable, Sendable {
    package let itemCount: Int
    package let bytes: Int

    package init(itemCount: Int, bytes: Int) {
        self.itemCount = itemCount
        self.bytes = bytes
    }
}

/// One item of one table.
package struct DocumentKey: Hashable, Sendable {
    package let table: String
    /// The key attributes, all of them and no others.
    package let attributes: Item

    package init(table: String, _ attributes: Item) {
        self.table = table
        self.attributes = attributes
    }
}

/// A name for a transaction: within ten minutes the same name does nothing again.
package struct TransactionToken: Hashable, Sendable {
    package let text: String
    /// What the transaction asks for, by a digest of it.
    package let digest: [UInt8]

    package init(text: String, digest: [UInt8]) {
        self.text = text
        self.digest = digest
    }
}
