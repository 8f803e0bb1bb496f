package import JSON
package import SpeakModel

/// Tables of items, with DynamoDB's semantics.
///
/// Each requirement is one transition, durable when it returns. Reads see every write that returned before them.
package protocol DocumentStore: Sendable {
    /// Creates a table; nothing happens if it exists with this key and has these indexes.
    ///
    /// - Throws: ``DocumentError/tableExists(_:)`` when it has not.
    func createTable(_ schema: TableSchema) async throws

    /// Creates a table.
    ///
    /// - Throws: ``DocumentError/tableExists(_:)``.
    func createNewTable(_ schema: TableSchema, settings: JSONValue) async throws -> TableDescription

    /// - Throws: ``DocumentError/noSuchTable(_:)``.
    func description(ofTable name: String) async throws -> TableDescription

    /// - Throws: ``DocumentError/noSuchTable(_:)``.
    func size(ofTable name: String) async throws -> TableSize

    /// Changes a table's indexes, its lifetime attribute and its settings: `change` gets the table as it is and leaves it
    /// as it is to be.
    ///
    /// A new index has the items that are there once it is not ``TableDescription/backfilling`` any more.
    func updateTable(
        _ name: String, _ change: @escaping @Sendable (inout TableDescription) throws -> Void
    ) async throws -> TableDescription

    /// Deletes a table with all its items.
    ///
    /// - Throws: ``DocumentError/noSuchTable(_:)``.
    func deleteTable(_ name: String) async throws

    func tableNames() async throws -> [String]

    /// - Throws: ``DocumentError/noSuchTable(_:)``.
    func schema(ofTable name: String) async throws -> TableSchema

    /// Items of any tables as they were at one moment, in the order of their keys.
    func stored(_ keys: [DocumentKey]) async throws -> [StoredItem?]

    /// One write.
    ///
    /// - Returns: The item before and after the write.
    /// - Throws: ``DocumentError/conditionFailed(old:)`` when its condition does not hold.
    @discardableResult
    func write(_ write: DocumentWrite) async throws -> WriteResult

    /// All of these writes, or none: 1 to 100, no two on one item.
    ///
    /// - Parameter token: Makes repeating it harmless.
    /// - Returns: `nil` from a store that is not told what was there before.
    /// - Returns: The items before and after their writes.
    /// - Throws: ``DocumentError/transactionCancelled(_:)`` with one entry a write, in order;
    ///   ``DocumentError/tokenMismatch`` if the token's digest was another.
    @discardableResult
    func transact(_ writes: [DocumentWrite], token: TransactionToken?) async throws -> TransactionResult?

    /// The items of one partition that fit a sort-key condition, in the order of their sort keys.
    func query(_ query: DocumentQuery) async throws -> DocumentPage

    /// Every item of a table or index, in an order of the store's own.
    func scan(_ scan: DocumentScan) async throws -> DocumentPage

    /// Deletes items whose lifetime attribute is a number of epoch seconds in the past, at most five years of it.
    ///
    /// - Returns: How many were deleted.
    @discardableResult
    func sweepExpired(limit: Int) async throws -> Int
}

extension DocumentStore {
    /// - Parameter key: The key attributes, all of them and no others.
    package func get(_ key: Item, from table: String) async throws -> Item? {
        try await stored([DocumentKey(table: table, key)])[0]?.item
    }

    package func transact(_ writes: [DocumentWrite]) async throws { _ = try await transact(writes, token: nil) }
}
