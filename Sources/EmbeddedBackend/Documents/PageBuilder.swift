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

    /// - Returns: False when the page is full without this item.
    mutating func take(_ item: StoredItem, filter: Condition?) throws -> Bool {
        let size = item.sizeInBytes
        let isTooMuch = scannedCount > 0 && bytes + size > DocumentLimits.pageBytes
        guard scannedCount < limit ?? .max, !isTooMuch else {
            isFull = true
            return false
        }
        scannedCount += 1
        bytes += size
        last = item
        if try filter?.holds(for: item.item) ?? true { items.append(item) }
        return true
    }

    /// - Parameter keyAttributes: The attributes that say where to go on.
    func page(keyAttributes: Set<String>) throws -> DocumentPage {
        DocumentPage(
            stored: items, scannedCount: scannedCount,
            lastKey: isFull ? try last?.item.filter { keyAttributes.contains($0.key) } : nil, scannedBytes: bytes)
    }
}
