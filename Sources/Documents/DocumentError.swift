/// What can go wrong with documents, by who can act.
package enum DocumentError: Error, Hashable {
    /// The item is not as the writer expected; read again and decide anew.
    case conditionFailed(old: Item?)
    /// No write of a transaction took place; one reason a write, in order.
    case transactionCancelled([CancellationReason])
    case noSuchTable(String)
    case tableExists(String)
    case noSuchIndex(String, table: String)
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
