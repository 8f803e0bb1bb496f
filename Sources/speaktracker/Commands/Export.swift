import ArgumentParser
import Documents
import JSON
import SpeakModel

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print tables as DynamoDB JSON, one item a line.")

    @Argument(help: "Table names, such as sentence-audio.")
    var tables: [Table]

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let stores = try await store.open()
        for table in tables {
            try await stores.documents.forEachPage(of: table) { items in
                for item in items { print(item.json.text) }
            }
        }
        try await stores.close()
    }
}

extension Table: ExpressibleByArgument {}
