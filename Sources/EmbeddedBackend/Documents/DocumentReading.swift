import Documents
import Foundation
import GRDB
import SpeakModel

/// One page to be read: of a table or an index, of one partition or all, from a place on.
struct DocumentReading: Sendable {
    let table: DocumentTable
    /// The index's position in the schema; the table itself when `nil`.
    let indexNumber: Int?
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

    /// - Throws: ``DocumentError/noSuchIndex(_:table:)``, ``DocumentError/invalid(_:)``.
    init(
        table: DocumentTable, index: String?, filter: Condition?, limit: Int?, startAfter: Item?
    ) throws(DocumentError) {
        self.table = table
        indexNumber = try table.indexNumber(index)
        self.filter = filter
        self.limit = limit
        try filter?.validate()
        guard limit ?? 1 >= 1 else { throw .invalid("A page's limit must be at least 1.") }
        if let startAfter { start = try table.place(startAfter, indexNumber) } else { start = nil }
    }

    /// Reads the page from one snapshot.
    func page(_ database: Database) throws -> DocumentPage {
        let (sql, arguments) = query
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        var page = PageBuilder(limit: limit)
        while let row = try rows.next() {
            guard page.take(try Item(stored: row[0]), filter: filter) else { break }
        }
        return page.page(keyAttributes: table.keyAttributes(indexNumber))
    }

    // MARK: SQL

    private var query: (sql: String, arguments: StatementArguments) {
        var sql = indexNumber == nil ? Self.fromTable : Self.fromIndex
        var arguments: StatementArguments = [table.id]
        if let indexNumber { arguments += [indexNumber] }
        func add(_ condition: String, _ bytes: [[UInt8]]) {
            sql += " AND \(condition)"
            arguments += StatementArguments(bytes.map(\.data))
        }
        if let partition { add("k.partition_key = ?", [partition]) }
        if let lower = range.lower { add("k.sort_key \(lower.isIncluded ? ">=" : ">") ?", [lower.bytes]) }
        if let upper = range.upper { add("k.sort_key \(upper.isIncluded ? "<=" : "<") ?", [upper.bytes]) }
        if let start { add(after, columnBytes(of: start)) }
        return (sql + " ORDER BY \(columns.map { $0 + (forward ? "" : " DESC") }.joined(separator: ", "))", arguments)
    }

    private static let fromTable = "SELECT k.item FROM documents k WHERE k.table_id = ?"

    private static let fromIndex = """
        SELECT d.item FROM document_index_entries k CROSS JOIN documents d
        ON d.table_id = k.table_id AND d.partition_key = k.item_partition_key AND d.sort_key = k.item_sort_key
        WHERE k.table_id = ? AND k.index_number = ?
        """

    /// What orders the items of the page.
    private var columns: [String] {
        (partition == nil ? ["k.partition_key"] : []) + ["k.sort_key"]
            + (indexNumber == nil ? [] : ["k.item_partition_key", "k.item_sort_key"])
    }

    private func columnBytes(of place: Place) -> [[UInt8]] {
        (partition == nil ? [place.key.partition] : []) + [place.key.sort]
            + (indexNumber == nil ? [] : [place.item.partition, place.item.sort])
    }

    private var after: String {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        return "(\(columns.joined(separator: ", "))) \(forward ? ">" : "<") (\(marks))"
    }
}

extension DocumentTable {
    fileprivate func indexNumber(_ name: String?) throws(DocumentError) -> Int? {
        guard let name else { return nil }
        guard let number = schema.indexes.firstIndex(where: { $0.name == name }) else {
            throw .noSuchIndex(name, table: schema.name)
        }
        return number
    }

    func keySchema(_ indexNumber: Int?) -> KeySchema { indexNumber.map { schema.indexes[$0].key } ?? schema.key }

    /// The attributes that a page's last key has: the table's key and the index's.
    fileprivate func keyAttributes(_ indexNumber: Int?) -> Set<String> {
        Set((schema.key.attributes + keySchema(indexNumber).attributes).map(\.name))
    }

    /// The place that a page's last key tells.
    fileprivate func place(_ lastKey: Item, _ indexNumber: Int?) throws(DocumentError) -> DocumentReading.Place {
        let key = keySchema(indexNumber)
        let attributes = Set(schema.key.attributes + key.attributes)
        guard lastKey.count == attributes.count, attributes.allSatisfy({ lastKey[$0.name]?.type == $0.attributeType })
        else { throw .invalid("The provided starting key is invalid") }
        return DocumentReading.Place(key: key.encoded(lastKey), item: schema.key.encoded(lastKey))
    }
}

extension [UInt8] {
    var data: Data { Data(self) }
}
