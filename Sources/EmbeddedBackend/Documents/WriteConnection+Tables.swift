import Documents
import Foundation
import JSON
import SpeakModel

/// The rows of tables.
extension WriteConnection {
    func findTable(_ name: String) throws -> DocumentTable? {
        if let known = knownTables[name] { return known }
        let statement = try statement(
            "SELECT id, uuid, created_at, settings, schema FROM document_tables WHERE name = ?")
        try statement.bind(name, at: 1)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        let table = DocumentTable(
            id: statement.integer(0), uuid: statement.text(1) ?? "",
            createdAt: Timestamp(milliseconds: statement.integer(2)),
            settings: try JSONValue(parsing: statement.text(3) ?? ""),
            json: try JSONValue(parsing: statement.text(4) ?? ""))
        guard let table else {
            throw DocumentError.unavailable(reason: "the schema of the table \(name) cannot be read")
        }
        knownTables[name] = table
        return table
    }

    /// - Throws: ``DocumentError/noSuchTable(_:)``.
    func table(_ name: String) throws -> DocumentTable {
        guard let table = try findTable(name) else { throw DocumentError.noSuchTable(name) }
        return table
    }

    /// Refuses work that was prepared for tables as they are no longer.
    func checkCurrent(_ tables: [DocumentTable]) throws {
        for table in tables {
            guard try findTable(table.schema.name)?.isSame(as: table) == true else { throw TableHasChanged() }
        }
    }

    func insertTable(_ schema: TableSchema, settings: JSONValue, now: Timestamp) throws -> DocumentTable {
        let description = TableDescription(
            id: UUID().uuidString.lowercased(), schema: schema, createdAt: now, settings: settings)
        let table = DocumentTable(id: try newTableID(), description)
        try statement(
            "INSERT INTO document_tables (id, name, uuid, created_at, settings, schema) VALUES (?, ?, ?, ?, ?, ?)"
        ).bind(table.id, at: 1).bind(schema.name, at: 2).bind(description.id, at: 3).bind(now.milliseconds, at: 4)
            .bind(settings.text, at: 5).bind(table.json.text, at: 6).run()
        return table
    }

    /// An id that no table has and whose items are all gone.
    private func newTableID() throws(SQLiteFailure) -> Int64 {
        let statement = try statement(
            """
            SELECT ifnull(max(id), 0) + 1 FROM (
                SELECT id FROM document_tables UNION ALL SELECT id FROM abandoned_document_tables)
            """)
        guard try statement.step() else { return 1 }
        defer { statement.reset() }
        return statement.integer(0)
    }

    func update(_ table: DocumentTable, withoutIndexes gone: [Int64] = []) throws {
        knownTables = [:]
        try statement("UPDATE document_tables SET settings = ?, schema = ? WHERE id = ?")
            .bind(table.description.settings.text, at: 1).bind(table.json.text, at: 2).bind(table.id, at: 3).run()
        for number in gone {
            try statement("INSERT OR IGNORE INTO abandoned_document_indexes VALUES (?, ?)").bind(table.id, at: 1)
                .bind(number, at: 2).run()
        }
    }

    /// Leaves all items of a table behind at once; ``sweepAbandonedDocuments(limit:)`` deletes them later.
    func deleteTable(_ table: DocumentTable) throws {
        knownTables = [:]
        try statement("INSERT INTO abandoned_document_tables VALUES (?)").bind(table.id, at: 1).run()
        try statement("DELETE FROM abandoned_document_indexes WHERE table_id = ?").bind(table.id, at: 1).run()
        try statement("DELETE FROM document_tables WHERE id = ?").bind(table.id, at: 1).run()
    }

    /// Deletes what tables and indexes have left behind that are no more.
    ///
    /// - Returns: How many rows were deleted; fewer than `limit` when none is left.
    func sweepAbandonedDocuments(limit: Int) throws -> Int {
        var deleted = 0
        while deleted < limit, let id = try abandonedTable() {
            let wanted = limit - deleted
            let count = try deleteRows(ofTable: id, limit: wanted)
            deleted += count
            if count < wanted {
                try statement("DELETE FROM abandoned_document_tables WHERE id = ?").bind(id, at: 1).run()
            }
        }
        while deleted < limit, let (table, number) = try abandonedIndex() {
            let wanted = limit - deleted
            let count = try deleteEntries(ofTable: table, index: number, limit: wanted)
            deleted += count
            if count < wanted {
                try statement("DELETE FROM abandoned_document_indexes WHERE table_id = ? AND index_number = ?")
                    .bind(table, at: 1).bind(number, at: 2).run()
            }
        }
        return deleted
    }

    private func abandonedTable() throws(SQLiteFailure) -> Int64? {
        let statement = try statement("SELECT id FROM abandoned_document_tables LIMIT 1")
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.integer(0)
    }

    private func abandonedIndex() throws(SQLiteFailure) -> (table: Int64, number: Int64)? {
        let statement = try statement("SELECT table_id, index_number FROM abandoned_document_indexes LIMIT 1")
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return (statement.integer(0), statement.integer(1))
    }

    private func deleteRows(ofTable id: Int64, limit: Int) throws(SQLiteFailure) -> Int {
        let entries = try statement(
            """
            DELETE FROM document_index_entries
            WHERE (table_id, index_number, partition_key, sort_key, item_partition_key, item_sort_key) IN (
                SELECT table_id, index_number, partition_key, sort_key, item_partition_key, item_sort_key
                FROM document_index_entries WHERE table_id = ? LIMIT ?)
            """
        ).bind(id, at: 1).bind(Int64(limit), at: 2).run()
        return try entries
            + statement(
                """
                DELETE FROM documents WHERE (table_id, partition_key, sort_key) IN (
                    SELECT table_id, partition_key, sort_key FROM documents WHERE table_id = ? LIMIT ?)
                """
            ).bind(id, at: 1).bind(Int64(limit - entries), at: 2).run()
    }

    private func deleteEntries(ofTable id: Int64, index number: Int64, limit: Int) throws(SQLiteFailure) -> Int {
        try statement(
            """
            DELETE FROM document_index_entries
            WHERE (table_id, index_number, partition_key, sort_key, item_partition_key, item_sort_key) IN (
                SELECT table_id, index_number, partition_key, sort_key, item_partition_key, item_sort_key
                FROM document_index_entries WHERE table_id = ? AND index_number = ? LIMIT ?)
            """
        ).bind(id, at: 1).bind(number, at: 2).bind(Int64(limit), at: 3).run()
    }
}

/// A table was changed between the preparation of work and the work: prepare again.
struct TableHasChanged: Error {}
