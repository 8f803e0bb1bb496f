import ArgumentParser

struct Jobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show jobs and what became of them; cancel them, or try them again.",
        subcommands: [ListJobs.self, CancelJobs.self, RetryJobs.self], defaultSubcommand: ListJobs.self)
}
