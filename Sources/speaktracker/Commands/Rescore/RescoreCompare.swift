import Archives
import ArgumentParser
import Foundation

struct RescoreCompare: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Show how scores moved between two scorings of an archive.",
        discussion: """
            Recordings are matched by id. Students and months are those that the newer results tell: speaker and \
            timestamp, where the source had them.
            """)

    @Argument(help: .init("The older results.", valueName: "old.jsonl"))
    var old: String

    @Argument(help: .init("The newer results.", valueName: "new.jsonl"))
    var new: String

    @Option(help: .init("Write a table, one line a recording.", valueName: "file"))
    var csv: String?

    @Option(help: .init("Write a page with pictures.", valueName: "file.html"))
    var html: String?

    @Option(help: "How many of those that moved farthest to show, each way.")
    var movers = 10

    @OptionGroup var calendar: CalendarOptions

    func validate() throws {
        guard 0...1000 ~= movers else { throw ValidationError("--movers is \(movers); allowed is 0 to 1000.") }
    }

    func run() throws {
        let files = try WrittenFiles([csv, html])
        for path in [old, new] { try files.refuse(path) }
        let comparison = try ScoreComparison(
            old: old, new: new, moversShown: movers, timeZone: try calendar.zone())
        if let csv { try OutputFile.write(ComparisonTable(comparison).text, to: csv) }
        if let html {
            let name = { (path: String) in URL(filePath: path).lastPathComponent }
            try OutputFile.write(ComparisonPage(comparison, old: name(old), new: name(new)).html, to: html)
        }
        ComparisonListing(comparison: comparison).print()
    }
}
