/// One write to one item.
package struct DocumentWrite: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// Replaces the whole item.
        case put(Item)
        /// Changes attributes of the item with this key, which comes to be if it is not there.
        case update(key: Item, UpdateExpression)
        /// Deletes the item; nothing happens if there is none.
        case delete(key: Item)
        /// Only checks the condition.
        case check(key: Item)
    }

    package let table: String
    package let action: Action
    /// Must hold for the item as it is before the write; an absent item has no attributes.
    package let condition: Condition?

    package init(table: String, _ action: Action, if condition: Condition? = nil) {
        self.table = table
        self.action = action
        self.condition = condition
    }
}

/// What a transaction has done.
package struct TransactionResult: Hashable, Sendable {
    /// One entry a write, in order.
    package let writes: [WriteResult]
    /// Whether it was done before: then nothing was written, and each item is as it is now.
    package let wasRepeated: Bool

    package init(writes: [WriteResult], wasRepeated: Bool) {
        self.writes = writes
        self.wasRepeated = wasRepeated
    }
}

/// The item before and after a write.
package struct WriteResult: Hashable, Sendable {
    package let old: Item?
    package let new: Item?

    package init(old: Item?, new: Item?) {
        self.old = old
        self.new = new
    }
}
