import ArgumentParser

struct RescoreExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write results in other programs' formats.",
        discussion: "Recordings that were not scored are in the table, with their reasons, and nowhere else.")

    @Argument(help: .init("What `rescore` wrote.", valueName: "results.jsonl"))
    var results: String

    @OptionGroup var exports: ExportOptions

    func validate() throws {
        guard !exports.isEmpty else {
            throw ValidationError("Say what to export: --csv, --ctm, --textgrids, --webvtt or --audacity.")
        }
    }

    func run() throws {
        try WrittenFiles([exports.csv, exports.ctm]).refuse(results)
        try exports.write(resultsAt: results)
    }
}
