import ArgumentParser
import JSON
import SpeakModel
import Workers

struct CancelJobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Call off jobs that wait: they never run and end as FAILED, cancelled.",
        discussion: "A job that is being worked on goes on.")

    @OptionGroup var choice: JobChoice

    func run() async throws { try await choice.forEach(saying: "cancelled") { try await $0.cancel($1) } }
}

struct RetryJobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Enqueue failed jobs again, as they were.")

    @OptionGroup var choice: JobChoice

    func run() async throws { try await choice.forEach(saying: "enqueued") { try await $0.retry($1) } }
}

/// Jobs that something is done with, each by itself.
struct JobChoice: ParsableArguments {
    @Argument(help: .init("Job ids.", valueName: "id"))
    var ids: [String]

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @OptionGroup var store: StoreOptions

    /// Does it with every one that it can be done with, and fails if there was another.
    func forEach(saying word: String, _ body: (JobOffice, String) async throws -> Void) async throws {
        let stores = try await store.open()
        let enqueuer = JobEnqueuer(
            documents: stores.documents, queues: stores.queues, joint: stores.joint, now: Timestamp.now)
        let office = JobOffice(documents: stores.documents, enqueuer: enqueuer, now: Timestamp.now)
        var hasFailed = false
        for id in ids {
            do {
                try await body(office, id)
                print(json ? JSONValue.object(["job_id": .string(id), "done": .string(word)]).text : "\(id) \(word).")
            } catch let error as JobOfficeError {
                hasFailed = true
                StandardError.write("speaktracker: \(Terminal.safe(error.description))")
            }
        }
        try await stores.close()
        if hasFailed { throw ExitCode(ExitStatus.failed) }
    }
}
