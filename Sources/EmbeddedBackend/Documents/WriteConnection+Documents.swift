import Documents
import JSON

extension WriteConnection {
    func item(_ key: EncodedKey, in table: DocumentTable) throws -> Item? {
        let statement = try statement(
            "SELECT item FROM documents WHERE table_id = ? AND partition_key = ? AND sort_key = ?")
        try statement.bind(table.id, at: 1).bind(key.partition, at: 2).bind(key.sort, at: 3)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try StoredItem(json: statement.bytes(0), sizeInBytes: nil).item
    }

    /// Writes what a transition changes, the indexes with it.
    func apply(_ transition: PreparedWrite.Transition) throws {
        let write = transition.write
        try replace(transition.old, by: transition.new, text: write.putText, at: write.key, in: write.table)
    }

    /// - Parameter text: The new item in DynamoDB JSON, where somebody has made it already.
    func replace(
        _ old: Item?, by new: Item?, text: String? = nil, at key: EncodedKey, in table: DocumentTable
    ) throws {
        guard new != old else { return }
        if let new {
            try store(new, text: text ?? new.json.text, at: key, in: table)
        } else {
            try deleteItem(at: key, in: table)
        }
        let (before, after) = (try table.indexEntries(of: old), try table.indexEntries(of: new))
        for entry in before.subtracting(after) { try delete(entry, leadingTo: key, in: table) }
        for entry in after.subtracting(before) { try insert(entry, leadingTo: key, in: table) }
    }

    private func store(_ item: Item, text: String, at key: EncodedKey, in table: DocumentTable) throws {
        try statement(
            """
            INSERT INTO documents (table_id, partition_key, sort_key, item, expires_at, size) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET item = excluded.item, expires_at = excluded.expires_at, size = excluded.size
            """
        )
        .bind(table.id, at: 1).bind(key.partition, at: 2).bind(key.sort, at: 3)
        .bind(text, at: 4).bind(table.expiry(of: item), at: 5).bind(Int64(item.sizeInBytes), at: 6).run()
    }

    private func deleteItem(at key: EncodedKey, in table: DocumentTable) throws {
        try statement("DELETE FROM documents WHERE table_id = ? AND partition_key = ? AND sort_key = ?")
            .bind(table.id, at: 1).bind(key.partition, at: 2).bind(key.sort, at: 3).run()
    }

    func insert(_ entry: DocumentTable.IndexEntry, leadingTo key: EncodedKey, in table: DocumentTable) throws {
        let statement = try statement("INSERT OR IGNORE INTO document_index_entries VALUES (?, ?, ?, ?, ?, ?)")
        try bind(entry, leadingTo: key, in: table, to: statement).run()
    }

    private func delete(_ entry: DocumentTable.IndexEntry, leadingTo key: EncodedKey, in table: DocumentTable) throws {
        let statement = try statement(
            """
            DELETE FROM document_index_entries WHERE table_id = ? AND index_number = ? AND partition_key = ?
            AND sort_key = ? AND item_partition_key = ? AND item_sort_key = ?
            """)
        try bind(entry, leadingTo: key, in: table, to: statement).run()
    }

    private func bind(
        _ entry: DocumentTable.IndexEntry, leadingTo key: EncodedKey, in table: DocumentTable,
        to statement: PreparedStatement
    ) throws -> PreparedStatement {
        try statement.bind(table.id, at: 1).bind(entry.number, at: 2)
            .bind(entry.key.partition, at: 3).bind(entry.key.sort, at: 4)
            .bind(key.partition, at: 5).bind(key.sort, at: 6)
    }
}
