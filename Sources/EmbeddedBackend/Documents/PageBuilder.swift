import Documents

/// Collects the items of one page until it is full.
struct PageBuilder {
    private let limit: Int?
    private var items: [Item] = []
    private var scannedCount = 0
    private var bytes = 0
    private var last: Item?
    private var isFull = false

    init(limit: Int?) { self.limit = limit }

    /// - Returns: False when the page is full without this item.
    mutating func take(_ item: Item, filter: Condition?) -> Bool {
        let size = item.sizeInBytes
        let isTooMuch = scannedCount > 0 && bytes + size > DocumentLimits.pageBytes
        guard scannedCount < limit ?? .max, !isTooMuch else {
            isFull = true
            return false
        }
        scannedCount += 1
        bytes += size
        last = item
        if filter?.holds(for: item) ?? true { items.append(item) }
        return true
    }

    /// - Parameter keyAttributes: The attributes that say where to go on.
    func page(keyAttributes: Set<String>) -> DocumentPage {
        DocumentPage(
            items: items, scannedCount: scannedCount,
            lastKey: isFull ? last?.filter { keyAttributes.contains($0.key) } : nil, scannedBytes: bytes)
    }
}
