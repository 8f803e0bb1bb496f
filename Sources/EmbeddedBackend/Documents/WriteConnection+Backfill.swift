import Documents
import SpeakModel

/// Giving new indexes the items that are there, and items a new second of expiry.
extension WriteConnection {
    /// Does a piece of a table's backfill: the items behind a place.
    ///
    /// - Returns: The last item's place; `nil` once all are done.
    func backfill(_ name: String, after place: EncodedKey?, limit: Int) throws -> EncodedKey? {
        guard var table = try findTable(name), table.isBackfilling else { return nil }
        let rows = try items(of: table, after: place, limit: limit)
        for (key, item) in rows {
            if table.isBackfillingLifetime { try setExpiry(table.expiry(of: item), at: key, in: table) }
            for index in table.schema.indexes where table.description.backfilling.contains(index.name) {
                // An item whose attribute has another type than the index's key is not in it.
                guard let entry = try? index.key.sparseKey(of: item, as: .index(index.name)) else { continue }
                let indexEntry = DocumentTable.IndexEntry(
                    number: table.number(of: index), key: index.key.encoded(entry))
                try insert(indexEntry, leadingTo: key, in: table)
            }
        }
        if rows.count == limit { return rows.last?.key }
        table.finishBackfilling()
        try update(table)
        return nil
    }

    private func items(
        of table: DocumentTable, after place: EncodedKey?, limit: Int
    ) throws -> [(key: EncodedKey, item: Item)] {
        let statement = try statement(
            """
            SELECT partition_key, sort_key, item FROM documents
            WHERE table_id = ? AND (partition_key, sort_key) > (?, ?) ORDER BY partition_key, sort_key LIMIT ?
            """)
        // No item has an empty partition key.
        try statement.bind(table.id, at: 1).bind(place?.partition ?? [], at: 2).bind(place?.sort ?? [], at: 3)
            .bind(Int64(limit), at: 4)
        var rows: [(key: EncodedKey, item: Item)] = []
        while try statement.step() {
            rows.append(
                (
                    EncodedKey(partition: statement.bytes(0), sort: statement.bytes(1)),
                    try StoredItem(json: statement.bytes(2), sizeInBytes: nil).item
                ))
        }
        return rows
    }

    private func setExpiry(_ expiry: Int64?, at key: EncodedKey, in table: DocumentTable) throws(SQLiteFailure) {
        try statement("UPDATE documents SET expires_at = ? WHERE table_id = ? AND partition_key = ? AND sort_key = ?")
            .bind(expiry, at: 1).bind(table.id, at: 2).bind(key.partition, at: 3).bind(key.sort, at: 4).run()
    }
}
