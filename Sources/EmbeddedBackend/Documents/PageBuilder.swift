import Documents

/// Collects the items of one page until it is full.
struct PageBuilder {
    private let limit: Int?
    private var items: [StoredItem] = []
    private var scannedCount = 0
    private var bytes = 0
    private var last: StoredItem?
    private var isFull = false

    init(limit: Int?) { self.limit = limit }

    /// Whether it has as many items as were asked for.
    ///
    /// DynamoDB does not look whether there are more.
    var isAtLimit: Bool { scannedCount == limit }

    /// - Parameters:
    ///   - size: The bytes that count for the page.
    ///   - seen: What the filter sees of the item.
    /// - Returns: False when the page is full without this item.
    mutating func take(_ item: StoredItem, size: Int, filter: Condition?, seen: StoredItem) throws -> Bool {
        guard scannedCount == 0 || bytes + size <= DocumentLimits.pageBytes else {
            isFull = true
            return false
        }
        scannedCount += 1
        bytes += size
        last = item
        if try filter?.holds(for: seen.item) ?? true { items.append(item) }
        return true
    }

    /// - Parameter keyAttributes: The attributes that say where to go on.
    func page(keyAttributes: Set<String>) throws -> DocumentPage {
        DocumentPage(
            stored: items, scannedCount: scannedCount,
            lastKey: isFull || isAtLimit ? try last?.item.filter { keyAttributes.contains($0.key) } : nil,
            scannedBytes: bytes)
    }
}
