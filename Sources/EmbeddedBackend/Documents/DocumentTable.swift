import Documents
import SpeakModel

/// A table as the database knows it.
struct DocumentTable: Sendable {
    let id: Int64
    let schema: TableSchema

    /// An item's place in one of the table's indexes.
    struct IndexEntry: Hashable, Sendable {
        /// The index's position in the schema.
        let number: Int64
        let key: EncodedKey
    }

    /// The places of an item in the indexes that it is in.
    func indexEntries(of item: Item?) throws(DocumentError) -> Set<IndexEntry> {
        guard let item else { return [] }
        var entries: Set<IndexEntry> = []
        for (number, index) in schema.indexes.enumerated() {
            guard let key = try index.key.sparseKey(of: item, index: index.name) else { continue }
            entries.insert(IndexEntry(number: Int64(number), key: index.key.encoded(key)))
        }
        return entries
    }

    /// The second from which the item may be swept; `nil` where that never comes.
    func expiry(of item: Item) -> Int64? {
        // A number too large for this is no second that a sweeper will live to see.
        schema.expiry(of: item).flatMap { Int64(exactly: $0.double.rounded(.up)) }
    }
}
