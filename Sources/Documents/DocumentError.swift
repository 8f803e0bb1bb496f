/// What can go wrong with documents, by who can act.
package enum DocumentError: Error, Hashable {
    /// The item is not as the writer expected; read again and decide anew.
    case conditionFailed(old: Item?)
    /// No write of a transaction took place; one reason a write, in order.
    case transactionCancelled([CancellationReason])
    case noSuchTable(String)
    case tableExists(String)
    case noSuchIndex(String, table: String)
    /// The index does not have all items yet; later the same call succeeds.
    case indexIsBackfilling(String)
    /// A transaction's token was used for another transaction.
    case tokenMismatch
    /// The request can never succeed: a missing key, a wrong type, an item over 400 KB.
    case invalid(String)
    /// The store is unreachable; the same call may succeed later.
    case unavailable(reason: String)
}

package enum CancellationReason: Hashable, Sendable {
    /// This write was not in the way.
    case none
    case conditionFailed(old: Item?)
    /// Another transaction holds the item; try again.
    case conflict
    case invalid(String)
}

extension DocumentError: CustomStringConvertible {
    /// A fixed word per case, safe as a metric label.
    package var label: String {
        switch self {
        case .conditionFailed: "condition_failed"
        case .transactionCancelled: "transaction_cancelled"
        case .noSuchTable: "no_such_table"
        case .tableExists: "table_exists"
        case .noSuchIndex: "no_such_index"
        case .indexIsBackfilling: "index_is_backfilling"
        case .tokenMismatch: "token_mismatch"
        case .invalid: "invalid"
        case .unavailable: "unavailable"
        }
    }

    /// One sentence, without the contents of items.
    package var description: String {
        switch self {
        case .conditionFailed: "The condition does not hold for the item."
        case .transactionCancelled(let reasons):
            "The transaction was cancelled: [\(reasons.map(\.label).joined(separator: ", "))]."
        case .noSuchTable(let name): "There is no table \(name)."
        case .tableExists(let name): "The table \(name) exists with another schema."
        case .noSuchIndex(let name, let table): "The table \(table) has no index \(name)."
        case .indexIsBackfilling(let name): "The index \(name) does not have all items yet."
        case .tokenMismatch: "The transaction's token was used for another transaction."
        case .invalid(let reason): reason
        case .unavailable(let reason): "The document store cannot be reached: \(reason)"
        }
    }
}

extension CancellationReason {
    /// A fixed word per case, spelt as DynamoDB's cancellation codes are.
    package var label: String {
        switch self {
        case .none: "None"
        case .conditionFailed: "ConditionalCheckFailed"
        case .conflict: "TransactionConflict"
        case .invalid: "ValidationError"
        }
    }
}
