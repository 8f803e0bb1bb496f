import ArgumentParser
import Documents
import SpeakModel

struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a table's rows to a person.",
        discussion: "For programs there is `export`.")

    @Argument(help: "A table's name, such as sentence-audio, pronunciation-results or daily-statistics.")
    var table: Table

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let stores = try await store.open()
        let rows = try await stores.documents.everyItem(of: table).sorted {
            Self.order($0, table) < Self.order($1, table)
        }
        if rows.isEmpty { print("No rows in \(table.name).") }
        switch table {
        case .sentenceAudio: print(try await SentenceAudioListing(rows: rows, file: stores.file).text)
        case .pronunciationResults: for row in rows { print(ScoreCard(row: row).text + "\n") }
        case .dailyStatistics: for row in rows { print(DayCard(row: row).text + "\n") }
        default: for row in rows { print(AttributeListing(row: row, table: table).text + "\n") }
        }
        try await stores.close()
    }

    private static func order(_ row: Item, _ table: Table) -> String {
        table.schema.key.attributes.map { attribute in
            let text = row[attribute.name]?.plainText ?? ""
            return attribute.type == .number ? String(repeating: "0", count: max(0, 12 - text.count)) + text : text
        }.joined(separator: "\u{0}")
    }
}
