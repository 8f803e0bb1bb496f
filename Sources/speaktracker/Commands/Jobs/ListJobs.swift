import ArgumentParser
import Documents
import SpeakModel
import Workers

struct ListJobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show jobs, the latest last; of a job that is named, why it failed.")

    @Argument(help: .init("Job ids; every job if left out.", valueName: "id"))
    var ids: [String] = []

    @Option(help: "Only jobs of this status: PENDING, PROCESSING, COMPLETED or FAILED.")
    var status: JobStatus?

    @Option(help: .init("Only jobs of this kind, such as pronunciation.score.", valueName: "kind"))
    var kind: JobKind?

    @Option(help: .init("Only jobs about this student.", valueName: "e-mail"))
    var student: String?

    @Option(
        help: .init(
            "Only jobs that changed since: a time such as 2026-11-26T00:00:00Z, or as long ago as 90s, 30m, 12h, 7d.",
            valueName: "when"))
    var since: Moment?

    @Option(help: .init("At most this many, the latest ones.", valueName: "number"))
    var limit: Int?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is a number from 1.") }
    }

    func run() async throws {
        let stores = try await store.open()
        let rows = try await (ids.isEmpty ? everyRow(in: stores) : chosenRows(in: stores)).filter(isWanted)
        let shown = Array(rows.suffix(limit ?? rows.count))
        if ids.isEmpty || json {
            JobListing(rows: shown).print(asJSON: json)
        } else {
            print(shown.map { JobCard(row: $0).text }.joined(separator: "\n\n"))
        }
        try await stores.close()
    }

    private func isWanted(_ row: Item) -> Bool {
        (status == nil || row["status"]?.string == status?.rawValue)
            && (kind == nil || row["kind"]?.string == kind?.rawValue)
            && (student == nil || row["student_email"]?.string == student)
            && since.map { moment in (row["updated_at"]?.string ?? "") >= moment.value.iso8601 } ?? true
    }

    /// Rows without a status are no jobs': schedules have theirs in the same table.
    private func everyRow(in stores: Stores) async throws -> [Item] {
        let order = { (row: Item) in (row["created_at"] ?? row["updated_at"])?.string ?? "" }
        return try await stores.documents.everyItem(of: .asyncJobStatus).filter { $0["status"] != nil }
            .sorted { order($0) < order($1) }
    }

    private func chosenRows(in stores: Stores) async throws -> [Item] {
        var rows: [Item] = []
        for id in ids {
            guard let row = try await stores.documents.get(["job_id": .string(id)], from: Table.asyncJobStatus.name),
                row["status"] != nil
            else { throw JobOfficeError.noSuchJob(id) }
            rows.append(row)
        }
        return rows
    }
}

/// A moment as it is said to a command: itself, or how long ago.
struct Moment: ExpressibleByArgument {
    let value: Timestamp

    init?(argument: String) {
        if let moment = Timestamp(iso8601: argument) {
            value = moment
            return
        }
        let units = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[String($0)] }), let count = Int(argument.dropLast()),
            (0...1_000_000).contains(count)
        else { return nil }
        value = Timestamp.now() + .seconds(-count * unit)
    }
}

extension JobStatus: ExpressibleByArgument {}
