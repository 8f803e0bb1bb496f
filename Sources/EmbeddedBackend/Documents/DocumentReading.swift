import Documents
import SpeakModel

/// One page to be read: of a table or an index, of one partition or all, from a place on.
struct DocumentReading: Sendable {
    let table: DocumentTable
    /// The table itself when `nil`.
    let index: SecondaryIndex?
    var segment: DocumentScan.Segment?
    var partition: [UInt8]?
    var range = SortKeyRange()
    var forward = true
    let filter: Condition?
    let limit: Int?
    /// The place after which to begin.
    private let start: Place?

    struct Place: Sendable {
        let key: EncodedKey
        let item: EncodedKey
    }

    /// Refuses a place to begin at that no page of this segment has ended at.
    func checkStart(in segment: DocumentScan.Segment) throws(DocumentError) {
        guard let start, !segment.has(partition: start.key.partition) else { return }
        throw .invalid(
            "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
                + "Segment. TotalSegments: \(segment.count) Segment: \(segment.number)")
    }

    /// - Parameter isScan: Whether it is of all partitions, for which DynamoDB has more to say of a wrong start.
    /// - Throws: ``DocumentError/noSuchIndex(_:table:)``, ``DocumentError/invalid(_:)``.
    init(
        table: DocumentTable, index: String?, filter: Condition?, limit: Int?, startAfter: Item?, isScan: Bool = false
    ) throws(DocumentError) {
        self.table = table
        self.index = try table.index(index)
        self.filter = filter
        self.limit = limit
        try filter?.validate()
        guard limit ?? 1 >= 1 else { throw .invalid("A page's limit must be at least 1.") }
        start = startAfter.flatMap { [index = self.index] in table.place($0, index) }
        guard startAfter == nil || start != nil else {
            throw .invalid(
                "The provided starting key is invalid"
                    + (isScan ? ": The provided key element does not match the schema" : ""))
        }
    }

    /// Reads the page from one snapshot.
    func page(_ connection: ReadConnection) throws -> DocumentPage {
        let statement = try bound(connection)
        var page = PageBuilder(limit: limit)
        while !page.isAtLimit, try statement.step() {
            if let segment, !segment.has(partition: statement.bytes(2)) { continue }
            let item = try statement.storedItem(0, size: 1)
            let entry = try entry(of: item)
            // A global index has nothing else; a local one fetches from its table.
            let seen = index?.isLocal == false ? entry : item
            guard try page.take(item, size: entry.sizeInBytes, filter: filter, seen: seen) else { break }
        }
        return try page.page(keyAttributes: table.keyAttributes(index))
    }

    /// What is kept of an item in what is read.
    private func entry(of item: StoredItem) throws -> StoredItem {
        guard let index, index.projection != .all else { return item }
        return StoredItem(index.projected(try item.item, of: table.schema))
    }

    // MARK: SQL

    private func bound(_ connection: ReadConnection) throws -> PreparedStatement {
        var sql = index == nil ? Self.fromTable : Self.fromIndex
        var bytes: [[UInt8]] = []
        func add(_ condition: String, _ operands: [[UInt8]]) {
            sql += " AND \(condition)"
            bytes += operands
        }
        if let partition { add("k.partition_key = ?", [partition]) }
        if let lower = range.lower { add("k.sort_key \(lower.isIncluded ? ">=" : ">") ?", [lower.bytes]) }
        if let upper = range.upper { add("k.sort_key \(upper.isIncluded ? "<=" : "<") ?", [upper.bytes]) }
        if let start { add(after, columnBytes(of: start)) }
        sql += " ORDER BY \(columns.map { $0 + (forward ? "" : " DESC") }.joined(separator: ", "))"
        let statement = try connection.statement(sql).bind(table.id, at: 1)
        if let index { try statement.bind(table.number(of: index), at: 2) }
        let first: Int32 = index == nil ? 2 : 3
        for (number, operand) in bytes.enumerated() { try statement.bind(operand, at: first + Int32(number)) }
        return statement
    }

    private static let fromTable = "SELECT k.item, k.size, k.partition_key FROM documents k WHERE k.table_id = ?"

    private static let fromIndex = """
        SELECT d.item, d.size, k.partition_key FROM document_index_entries k CROSS JOIN documents d
        ON d.table_id = k.table_id AND d.partition_key = k.item_partition_key AND d.sort_key = k.item_sort_key
        WHERE k.table_id = ? AND k.index_number = ?
        """

    /// What orders the items of the page.
    private var columns: [String] {
        (partition == nil ? ["k.partition_key"] : []) + ["k.sort_key"]
            + (index == nil ? [] : ["k.item_partition_key", "k.item_sort_key"])
    }

    private func columnBytes(of place: Place) -> [[UInt8]] {
        (partition == nil ? [place.key.partition] : []) + [place.key.sort]
            + (index == nil ? [] : [place.item.partition, place.item.sort])
    }

    private var after: String {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        return "(\(columns.joined(separator: ", "))) \(forward ? ">" : "<") (\(marks))"
    }
}

extension DocumentTable {
    fileprivate func index(_ name: String?) throws(DocumentError) -> SecondaryIndex? {
        guard let name else { return nil }
        guard let index = schema.index(named: name) else { throw .noSuchIndex(name, table: schema.name) }
        if description.backfilling.contains(name) { throw .indexIsBackfilling(name) }
        return index
    }

    /// The attributes that a page's last key has: the table's key and the index's.
    fileprivate func keyAttributes(_ index: SecondaryIndex?) -> Set<String> {
        Set((schema.key.attributes + (index?.key.attributes ?? [])).map(\.name))
    }

    /// The place that a page's last key tells; `nil` for what is none.
    fileprivate func place(_ lastKey: Item, _ index: SecondaryIndex?) -> DocumentReading.Place? {
        let key = index?.key ?? schema.key
        let attributes = Set(schema.key.attributes + key.attributes)
        guard lastKey.count == attributes.count, attributes.allSatisfy({ lastKey[$0.name]?.type == $0.attributeType })
        else { return nil }
        return DocumentReading.Place(key: key.encoded(lastKey), item: schema.key.encoded(lastKey))
    }
}

extension DocumentScan.Segment {
    /// Whether a partition belongs to this part.
    fileprivate func has(partition: some Sequence<UInt8>) -> Bool {
        // FNV-1a: the parts must be the same in every process.
        let hash = partition.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0100_0000_01b3 }
        return (hash >> 32) % UInt64(count) == UInt64(number)
    }
}
