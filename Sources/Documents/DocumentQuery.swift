/// The items of one partition of a table or an index.
package struct DocumentQuery: Hashable, Sendable {
    package let table: String
    /// The index to read; the table itself when `nil`.
    package var index: String?
    package var key: KeyCondition
    /// Drops items after they were read; they still count towards ``limit``.
    package var filter: Condition?
    package var forward: Bool
    /// The most items to read for this page.
    package var limit: Int?
    /// ``DocumentPage/lastKey`` of the page before.
    package var startAfter: Item?

    package init(
        table: String, index: String? = nil, key: KeyCondition, filter: Condition? = nil, forward: Bool = true,
        limit: Int? = nil, startAfter: Item? = nil
    ) {
        self.table = table
        self.index = index
        self.key = key
        self.filter = filter
        self.forward = forward
        self.limit = limit
        self.startAfter = startAfter
    }
}

/// `partition = value`, and perhaps something about the sort key.
package struct KeyCondition: Hashable, Sendable {
    package enum Sort: Hashable, Sendable {
        case equal(AttributeValue)
        case less(AttributeValue)
        case lessOrEqual(AttributeValue)
        case greater(AttributeValue)
        case greaterOrEqual(AttributeValue)
        /// Both ends included.
        case between(AttributeValue, AttributeValue)
        case beginsWith(AttributeValue)
    }

    package struct SortClause: Hashable, Sendable {
        package let attribute: String
        package let condition: Sort

        package init(_ attribute: String, _ condition: Sort) {
            self.attribute = attribute
            self.condition = condition
        }
    }

    package let partition: String
    package let value: AttributeValue
    package let sort: SortClause?

    package init(_ partition: String, _ value: AttributeValue, sort: SortClause? = nil) {
        self.partition = partition
        self.value = value
        self.sort = sort
    }
}

/// Every item of a table or an index, a page at a time.
package struct DocumentScan: Hashable, Sendable {
    package let table: String
    package var index: String?
    package var filter: Condition?
    package var limit: Int?
    package var startAfter: Item?
    /// The part of the items to read, where several readers share the work.
    package var segment: Segment?

    /// One of so many parts, which together have every item once.
    package struct Segment: Hashable, Sendable {
        package let number: Int
        package let count: Int

        package init(number: Int, count: Int) {
            self.number = number
            self.count = count
        }
    }

    package init(
        table: String, index: String? = nil, filter: Condition? = nil, limit: Int? = nil, startAfter: Item? = nil,
        segment: Segment? = nil
    ) {
        self.segment = segment
        self.table = table
        self.index = index
        self.filter = filter
        self.limit = limit
        self.startAfter = startAfter
    }
}

/// Part of an answer.
///
/// A page ends after its limit or 1 MiB of items, whichever comes first.
package struct DocumentPage: Sendable {
    package let stored: [StoredItem]
    /// How many items were read, before the filter.
    package let scannedCount: Int
    /// Where to go on; `nil` on the last page.
    package let lastKey: Item?
    /// How large the items were that were read, before the filter.
    package let scannedBytes: Int

    package init(stored: [StoredItem], scannedCount: Int, lastKey: Item?, scannedBytes: Int) {
        self.stored = stored
        self.scannedCount = scannedCount
        self.lastKey = lastKey
        self.scannedBytes = scannedBytes
    }

    package var items: [Item] {
        get throws(DocumentError) {
            var items: [Item] = []
            for item in stored { items.append(try item.item) }
            return items
        }
    }
}
