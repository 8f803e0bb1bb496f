import ArgumentParser
import Documents
import SpeakModel

struct Jobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show jobs and what became of them.")

    @Argument(help: .init("Job ids; every job if left out.", valueName: "id"))
    var ids: [String] = []

    @Option(help: "Only jobs of this status: PENDING, PROCESSING, COMPLETED or FAILED.")
    var status: JobStatus?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let stores = try await store.open()
        let rows = try await (ids.isEmpty ? everyRow(in: stores) : chosenRows(in: stores))
        let wanted = rows.filter { status == nil || $0["status"] == status.map { .string($0.rawValue) } }
        JobListing(rows: wanted).print(asJSON: json)
        try await stores.close()
    }

    private func everyRow(in stores: Stores) async throws -> [Item] {
        let order = { (row: Item) in (row["created_at"] ?? row["updated_at"])?.string ?? "" }
        return try await stores.documents.everyItem(of: .asyncJobStatus).sorted { order($0) < order($1) }
    }

    private func chosenRows(in stores: Stores) async throws -> [Item] {
        var rows: [Item] = []
        for id in ids {
            guard let row = try await stores.documents.get(["job_id": .string(id)], from: Table.asyncJobStatus.name)
            else { throw CommandError(description: "There is no job \(id).") }
            rows.append(row)
        }
        return rows
    }
}

extension JobStatus: ExpressibleByArgument {}
