import Documents
import JSON
import SpeakModel

/// One table that takes everything and has nothing.
struct FixedDocuments: DocumentStore {
    private static let schema = TableSchema(
        name: "table", key: .init(partition: .init("p"), sort: .init("s", .number)),
        indexes: [.init(name: "index", key: .init(partition: .init("x", .binary)), projection: .keysOnly)])

    func createTable(_ schema: TableSchema) async throws {}
    func createNewTable(_ schema: TableSchema, settings: JSONValue) async throws -> TableDescription {
        TableDescription(id: "0", schema: schema, createdAt: Timestamp(milliseconds: 1), settings: settings)
    }
    func description(ofTable name: String) async throws -> TableDescription {
        guard name == Self.schema.name else { throw DocumentError.noSuchTable(name) }
        return TableDescription(id: "0", schema: Self.schema, createdAt: Timestamp(milliseconds: 1), settings: [:])
    }
    func size(ofTable name: String) async throws -> TableSize { TableSize(itemCount: 0, bytes: 0) }
    func updateTable(
        _ name: String, _ change: @escaping @Sendable (inout TableDescription) throws -> Void
    ) async throws -> TableDescription {
        var table = try await description(ofTable: name)
        try change(&table)
        return table
    }
    func deleteTable(_ name: String) async throws {}
    func tableNames() async throws -> [String] { [Self.schema.name] }
    func schema(ofTable name: String) async throws -> TableSchema { try await description(ofTable: name).schema }
    func stored(_ keys: [DocumentKey]) async throws -> [StoredItem?] { keys.map { StoredItem($0.attributes) } }

    /// Does to the key, or to the item, what the write says.
    func write(_ write: DocumentWrite) async throws -> WriteResult {
        try write.condition?.validate()
        switch write.action {
        case .put(let item):
            try Self.schema.check(item)
            guard write.condition?.holds(for: item) ?? true else { throw DocumentError.conditionFailed(old: item) }
            return WriteResult(old: nil, new: item)
        case .update(let key, let update):
            let new = try update.applied(to: key, keyAttributes: ["p", "s"])
            try Self.schema.check(new)
            return WriteResult(old: key, new: new)
        case .delete(let key), .check(let key): return WriteResult(old: key, new: nil)
        }
    }
    func transact(_ writes: [DocumentWrite], token: TransactionToken?) async throws -> TransactionResult? {
        var results: [WriteResult] = []
        for write in writes { results.append(try await self.write(write)) }
        return TransactionResult(writes: results, wasRepeated: false)
    }
    func query(_ query: DocumentQuery) async throws -> DocumentPage {
        _ = try query.key.resolved(for: Self.schema.key)
        return DocumentPage(stored: [], scannedCount: 0, lastKey: nil, scannedBytes: 0)
    }
    func scan(_ scan: DocumentScan) async throws -> DocumentPage {
        DocumentPage(stored: [], scannedCount: 0, lastKey: nil, scannedBytes: 0)
    }
    func sweepExpired(limit: Int) async throws -> Int { 0 }
}
