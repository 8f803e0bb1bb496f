import ArgumentParser
import Documents
import Foundation
import JSON
import Logging
import SpeakModel
import Workers

struct Enqueue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put jobs on their queues.",
        discussion: """
            A file holds one job document, or several, one a line; - reads standard input. Nothing is enqueued unless \
            every document is valid. Prints the jobs' ids or, with --wait, what became of them.
            """)

    @Argument(help: .init("Job documents; schemas and examples are in jobs/.", valueName: "file"))
    var files: [String]

    @Flag(help: "Only check the documents.")
    var check = false

    @Flag(help: "Work on the jobs in this process and print what became of them.")
    var wait = false

    @Option(help: .init("Store the recordings that the jobs name first, from this folder.", valueName: "folder"))
    var audio: String?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var log: LogOptions

    func run() async throws {
        let documents = try checkedDocuments()
        if check { return }
        let stores = try await store.openOrCreate()
        let factory = WorkerFactory(
            stores: stores, timeZone: try calendar.zone(), logger: log.logger(service: "enqueue"),
            enqueueingLevel: .debug)
        if let audio { try await RecordingFolder(path: audio).store(recordingsOf: documents, in: stores.objects) }
        for document in documents where try await factory.enqueuer.enqueue(document) == .conflict {
            throw CommandError(
                description:
                    "Another job with the id \(document.id) waits, or is being worked on; those before it are enqueued."
            )
        }
        if wait {
            try await factory.workUntilEmpty(on: Set(documents.map(\.kind.queue)))
            try await report(documents, from: stores)
        } else {
            for document in documents {
                print(json ? JSONValue.object(["job_id": .string(document.id)]).text : document.id)
            }
        }
        try await stores.close()
    }

    /// Of a file that holds something else altogether, nobody reads every line.
    private static let problemsShown = 20

    private func checkedDocuments() throws -> [JobDocument] {
        let read = JobFile(paths: files)
        let shown = check ? read.problems.count : Self.problemsShown
        for problem in read.problems.prefix(shown) { StandardError.write(problem) }
        if read.problems.count > shown {
            StandardError.write("… and \(read.problems.count - shown) more; --check shows all.")
        }
        guard read.problems.isEmpty else { throw ExitCode(ExitStatus.failed) }
        return read.documents
    }

    /// Prints the jobs' status rows; fails if one of the jobs did.
    private func report(_ documents: [JobDocument], from stores: Stores) async throws {
        var rows: [Item] = []
        for document in documents {
            rows.append(
                try await stores.documents.get(["job_id": .string(document.id)], from: Table.asyncJobStatus.name)
                    ?? ["job_id": .string(document.id)])
        }
        JobListing(rows: rows).print(asJSON: json)
        let completed = AttributeValue.string(JobStatus.completed.rawValue)
        if rows.contains(where: { $0["status"] != completed }) { throw ExitCode(ExitStatus.failed) }
    }
}
