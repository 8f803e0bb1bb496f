package import Documents
import GRDB
import JSON
package import SpeakModel
import Synchronization

/// DynamoDB's tables in the SQLite file of a data folder.
///
/// Writes meet in the group commit and are durable when they return. Reads see every write that returned before them,
/// and each page is read from one snapshot. An item whose life has ended is still there until it is swept, as in
/// DynamoDB; a reader that minds must look at the lifetime attribute.
package final class EmbeddedDocumentStore: DocumentStore {
    let storage: Storage
    /// Tables are never dropped and never change, so what was once found stays true.
    private let tables = Mutex<[String: DocumentTable]>([:])

    init(storage: Storage) { self.storage = storage }

    package func createTable(_ schema: TableSchema) async throws {
        try schema.checkDefinition()
        let text = schema.json.text
        let existing = try await write(bytes: text.utf8.count) { connection in
            try connection.statement("INSERT INTO document_tables (name, schema) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .bind(schema.name, at: 1).bind(text, at: 2).run()
            return try String.fetchOne(
                connection.database, sql: "SELECT schema FROM document_tables WHERE name = ?", arguments: [schema.name])
        }
        guard existing == text else { throw DocumentError.tableExists(schema.name) }
    }

    package func tableNames() async throws -> [String] {
        try await read { try String.fetchAll($0, sql: "SELECT name FROM document_tables ORDER BY name") }
    }

    package func schema(ofTable name: String) async throws -> TableSchema {
        try await table(name).schema
    }

    package func get(_ key: Item, from tableName: String) async throws -> Item? {
        let table = try await table(tableName)
        try table.schema.key.checkKey(key)
        let encoded = table.schema.key.encoded(key)
        return try await read { database in
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT item FROM documents WHERE table_id = ? AND partition_key = ? AND sort_key = ?"),
                arguments: [table.id, encoded.partition.data, encoded.sort.data])
            return try row.map { try Item(stored: $0[0]) }
        }
    }

    /// - Throws: ``DocumentError/noSuchTable(_:)``.
    func table(_ name: String) async throws -> DocumentTable {
        if let known = tables.withLock({ $0[name] }) { return known }
        let row = try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT id, schema FROM document_tables WHERE name = ?", arguments: [name]
            ).map { (id: $0["id"] as Int64, text: $0["schema"] as String) }
        }
        guard let row else { throw DocumentError.noSuchTable(name) }
        guard let schema = TableSchema(json: try JSONValue(parsing: row.text)) else {
            throw DocumentError.unavailable(reason: "the schema of the table \(name) cannot be read")
        }
        let table = DocumentTable(id: row.id, schema: schema)
        tables.withLock { $0[name] = table }
        return table
    }

    // MARK: The database's own failures

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await storage.read(body)
        } catch let failure as SQLiteFailure {
            throw DocumentError.unavailable(reason: failure.description)
        }
    }

    func write<Value: Sendable>(
        bytes: Int, _ work: @escaping @Sendable (WriteConnection) throws -> Value
    ) async throws -> Value {
        do {
            return try await storage.writer.run(.durable, bytes: bytes, work)
        } catch let failure as SQLiteFailure {
            throw DocumentError.unavailable(reason: failure.description)
        }
    }
}

extension Item {
    /// Reads what the database keeps.
    init(stored text: String) throws(DocumentError) {
        do {
            try self.init(json: JSONValue(parsing: text))
        } catch {
            throw .unavailable(reason: "a stored item cannot be read: \(error)")
        }
    }
}
