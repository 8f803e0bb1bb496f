package import Documents
import GRDB
package import JSON
package import SpeakModel
import Synchronization

/// DynamoDB's tables in the SQLite file of a data folder.
///
/// Writes meet in the group commit and are durable when they return. Reads see every write that returned before them,
/// and each page is read from one snapshot. An item whose life has ended is still there until it is swept, as in
/// DynamoDB; a reader that minds must look at the lifetime attribute.
package final class EmbeddedDocumentStore: DocumentStore {
    let storage: Storage
    let known: Catalogue<DocumentTable>
    private let backfiller: Backfiller
    private let sizes = Mutex<[String: (size: TableSize, until: ContinuousClock.Instant)]>([:])

    init(storage: Storage) {
        self.storage = storage
        let known = Catalogue { name in
            try await Self.write(to: storage, .lease, bytes: 0) { connection in try connection.table(name) }
        }
        self.known = known
        backfiller = Backfiller(storage: storage, known: known)
    }

    package func createTable(_ schema: TableSchema) async throws {
        try schema.checkDefinition()
        try await write(bytes: 1024) { [storage] connection in
            guard let existing = try connection.findTable(schema.name)?.schema else {
                _ = try connection.insertTable(schema, settings: [:], now: storage.now())
                return
            }
            guard existing.key == schema.key, Set(schema.indexes).isSubset(of: existing.indexes) else {
                throw DocumentError.tableExists(schema.name)
            }
        }
        known.changed()
    }

    package func createNewTable(_ schema: TableSchema, settings: JSONValue) async throws -> TableDescription {
        try schema.checkDefinition()
        let table = try await write(bytes: 1024) { [storage] connection in
            if try connection.findTable(schema.name) != nil { throw DocumentError.tableExists(schema.name) }
            return try connection.insertTable(schema, settings: settings, now: storage.now())
        }
        known.changed()
        return table.description
    }

    package func description(ofTable name: String) async throws -> TableDescription {
        try await table(name).description
    }

    package func updateTable(
        _ name: String, _ change: @escaping @Sendable (inout TableDescription) throws -> Void
    ) async throws -> TableDescription {
        let table = try await write(bytes: 1024) { connection in
            var table = try connection.table(name)
            var description = table.description
            try change(&description)
            try description.schema.checkDefinition()
            let gone = table.change(to: description)
            try connection.update(table, withoutIndexes: gone)
            return table
        }
        known.changed()
        if table.isBackfilling { backfiller.run(name) }
        sweepAbandonedInBackground()
        return table.description
    }

    package func deleteTable(_ name: String) async throws {
        try await write(bytes: 1024) { connection in try connection.deleteTable(connection.table(name)) }
        known.changed()
        sweepAbandonedInBackground()
    }

    /// Counts at most once a minute, and where that takes long once in six hours, as DynamoDB does.
    package func size(ofTable name: String) async throws -> TableSize {
        let table = try await table(name)
        let now = ContinuousClock.now
        if let known = sizes.withLock({ $0[table.description.id] }), known.until > now { return known.size }
        let size = try await read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT count(*), ifnull(sum(length(item)), 0) FROM documents WHERE table_id = ?",
                arguments: [table.id])
            return TableSize(itemCount: row?[0] ?? 0, bytes: row?[1] ?? 0)
        }
        let took = ContinuousClock.now - now
        let pause =
            took < .milliseconds(20) ? Duration.zero : took < .milliseconds(200) ? .seconds(60) : .seconds(21_600)
        sizes.withLock { $0[table.description.id] = (size, now + pause) }
        return size
    }

    /// Goes on with what was left when the folder was closed: for whoever serves it.
    package func resumeBackfilling() async throws {
        for name in try await tableNames() where try await table(name).isBackfilling { backfiller.run(name) }
        sweepAbandonedInBackground()
    }

    private func sweepAbandonedInBackground() {
        Task {
            do {
                while try await sweepAbandoned(limit: 500) == 500 {}
            } catch {
                // The folder was closed or its disk is full. The rest is known in the file for the next sweep.
            }
        }
    }

    func sweepAbandoned(limit: Int) async throws -> Int {
        try await Self.write(to: storage, .lease, bytes: limit * 512) { connection in
            try connection.sweepAbandonedDocuments(limit: limit)
        }
    }

    func close() { backfiller.close() }

    package func tableNames() async throws -> [String] {
        try await read { try String.fetchAll($0, sql: "SELECT name FROM document_tables ORDER BY name") }
    }

    package func schema(ofTable name: String) async throws -> TableSchema {
        try await table(name).schema
    }

    package func stored(_ keys: [DocumentKey]) async throws -> [StoredItem?] {
        var places: [(table: Int64, key: EncodedKey)] = []
        for key in keys {
            let table = try await table(key.table)
            try table.schema.key.checkKey(key.attributes)
            places.append((table.id, table.schema.key.encoded(key.attributes)))
        }
        return try readHere { connection in
            if let place = places.first, places.count == 1 { return [try connection.item(place.key, in: place.table)] }
            return try connection.snapshot { try places.map { try connection.item($0.key, in: $0.table) } }
        }
    }

    /// - Throws: ``DocumentError/noSuchTable(_:)``.
    func table(_ name: String) async throws -> DocumentTable { try await known.entry(name) }

    // MARK: The database's own failures

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await storage.read(body)
        } catch let failure as SQLiteFailure {
            throw DocumentError.unavailable(reason: failure.description)
        }
    }

    func readElsewhere<Value: Sendable>(
        _ body: @escaping @Sendable (ReadConnection) throws -> Value
    ) async throws -> Value {
        do {
            return try await storage.readElsewhere(body)
        } catch let failure as SQLiteFailure {
            throw DocumentError.unavailable(reason: failure.description)
        }
    }

    func readHere<Value>(_ body: (ReadConnection) throws -> Value) throws -> Value {
        do {
            return try storage.readHere(body)
        } catch let failure as SQLiteFailure {
            throw DocumentError.unavailable(reason: failure.description)
        }
    }

    func write<Value: Sendable>(
        bytes: Int, _ work: @escaping @Sendable (WriteConnection) throws -> Value
    ) async throws -> Value {
        try await Self.write(to: storage, .durable, bytes: bytes, work)
    }

    private static func write<Value: Sendable>(
        to storage: Storage, _ durability: Writer.Durability, bytes: Int,
        _ work: @escaping @Sendable (WriteConnection) throws -> Value
    ) async throws -> Value {
        do {
            return try await storage.writer.run(durability, bytes: bytes, work)
        } catch let failure as SQLiteFailure {
            throw DocumentError.unavailable(reason: failure.description)
        }
    }
}

extension ReadConnection {
    fileprivate func item(_ key: EncodedKey, in table: Int64) throws -> StoredItem? {
        let statement = try statement(
            "SELECT item, size FROM documents WHERE table_id = ? AND partition_key = ? AND sort_key = ?")
        try statement.bind(table, at: 1).bind(key.partition, at: 2).bind(key.sort, at: 3)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try statement.storedItem(0, size: 1)
    }
}

extension PreparedStatement {
    /// - Parameters:
    ///   - item: The column with an item's JSON.
    ///   - size: The column with its size, if it is known.
    func storedItem(_ item: Int32, size: Int32) throws -> StoredItem {
        try StoredItem(json: bytes(item), sizeInBytes: isNull(size) ? nil : Int(integer(size)))
    }
}
