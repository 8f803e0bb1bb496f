import Documents
import SpeakModel

extension Backend {
    /// Fresh stores with the school's twelve tables.
    func makeWithTables() async throws -> Harness {
        let harness = try await make()
        for table in Table.allCases { try await harness.documents.createTable(table.schema) }
        return harness
    }
}

extension DocumentStore {
    func put(_ item: Item, into table: Table, if condition: Condition? = nil) async throws {
        try await write(DocumentWrite(table: table.name, .put(item), if: condition))
    }

    func update(
        _ key: Item, in table: Table, _ expression: String, names: [String: String] = [:], values: Item = [:],
        if condition: Condition? = nil
    ) async throws -> WriteResult {
        let update = try UpdateExpression(expression, names: names, values: values)
        return try await write(DocumentWrite(table: table.name, .update(key: key, update), if: condition))
    }

    func get(_ key: Item, from table: Table) async throws -> Item? { try await get(key, from: table.name) }

    /// All items of a query, page after page.
    func all(_ query: DocumentQuery) async throws -> [Item] {
        var query = query
        var items: [Item] = []
        repeat {
            let page = try await self.query(query)
            items += try page.items
            query.startAfter = page.lastKey
        } while query.startAfter != nil
        return items
    }

    /// All items of a scan, page after page.
    func all(_ scan: DocumentScan) async throws -> [Item] {
        var scan = scan
        var items: [Item] = []
        repeat {
            let page = try await self.scan(scan)
            items += try page.items
            scan.startAfter = page.lastKey
        } while scan.startAfter != nil
        return items
    }
}
