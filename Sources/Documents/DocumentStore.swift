package import SpeakModel

/// Tables of items, with DynamoDB's semantics.
///
/// Each requirement is one transition, durable when it returns. Reads see every write that returned before them.
package protocol DocumentStore: Sendable {
    /// Creates a table; nothing happens if it exists with the same schema.
    ///
    /// - Throws: ``DocumentError/tableExists(_:)`` when it has another.
    func createTable(_ schema: TableSchema) async throws

    func tableNames() async throws -> [String]

    /// - Throws: ``DocumentError/noSuchTable(_:)``.
    func schema(ofTable name: String) async throws -> TableSchema

    /// - Parameter key: The key attributes, all of them and no others.
    func get(_ key: Item, from table: String) async throws -> Item?

    /// One write.
    ///
    /// - Returns: The item before and after the write.
    /// - Throws: ``DocumentError/conditionFailed(old:)`` when its condition does not hold.
    @discardableResult
    func write(_ write: DocumentWrite) async throws -> WriteResult

    /// All of these writes, or none: 1 to 100, no two on one item.
    ///
    /// - Throws: ``DocumentError/transactionCancelled(_:)`` with one entry a write, in order.
    func transact(_ writes: [DocumentWrite]) async throws

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
