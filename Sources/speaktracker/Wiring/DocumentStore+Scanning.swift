import Documents
import SpeakModel

extension DocumentStore {
    func forEachPage(of table: Table, _ body: ([Item]) throws -> Void) async throws {
        var scan = DocumentScan(table: table.name)
        repeat {
            let page = try await self.scan(scan)
            try body(try page.items)
            scan.startAfter = page.lastKey
        } while scan.startAfter != nil
    }

    func everyItem(of table: Table) async throws -> [Item] {
        var items: [Item] = []
        try await forEachPage(of: table) { items += $0 }
        return items
    }
}
