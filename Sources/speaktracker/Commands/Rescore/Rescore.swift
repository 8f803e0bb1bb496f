import ArgumentParser

/// Scores archives, and shows what came of it; without a subcommand it scores.
struct Rescore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score an archive of recordings, compare two scorings, export one.",
        usage: """
            speaktracker rescore <source> --output <file.jsonl> [<options>]
            speaktracker rescore compare <old.jsonl> <new.jsonl> [<options>]
            speaktracker rescore export <results.jsonl> [<options>]
            """,
        discussion: "`speaktracker rescore run --help` tells of sources and options.",
        subcommands: [RescoreRun.self, RescoreCompare.self, RescoreExport.self], defaultSubcommand: RescoreRun.self)
}
