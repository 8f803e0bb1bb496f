package import Documents
import SpeakModel

extension EmbeddedDocumentStore {
    package func query(_ query: DocumentQuery) async throws -> DocumentPage {
        let table = try await table(query.table)
        var reading = try DocumentReading(
            table: table, index: query.index, filter: query.filter, limit: query.limit, startAfter: query.startAfter)
        let key = reading.index?.key ?? table.schema.key
        let condition = try query.key.resolved(for: key)
        if let start = query.startAfter { try condition.checkStart(start) }
        reading.partition = condition.value.orderedBytes
        if let sort = condition.sort { reading.range = SortKeyRange(sort.condition) }
        reading.forward = query.forward
        return try readHere(reading.page)
    }

    /// Filling a page from many items that a filter drops may take a while, so it has a thread of its own.
    package func scan(_ scan: DocumentScan) async throws -> DocumentPage {
        var reading = try DocumentReading(
            table: await table(scan.table), index: scan.index, filter: scan.filter, limit: scan.limit,
            startAfter: scan.startAfter, isScan: true)
        reading.segment = scan.segment
        if let segment = scan.segment { try reading.checkStart(in: segment) }
        return try await readElsewhere(reading.page)
    }
}

extension KeyCondition {
    fileprivate func checkStart(_ start: Item) throws(DocumentError) {
        guard start[partition] == value else {
            throw .invalid("The provided starting key is outside query boundaries based on provided conditions")
        }
        guard let sort, let place = start[sort.attribute]?.orderedBytes else { return }
        guard SortKeyRange(sort.condition).contains(place) else {
            throw .invalid("The provided starting key does not match the range key predicate")
        }
    }
}
