import ArgumentParser
import JSON
import Queueing
import SpeakModel

struct DeadLetters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dlq",
        abstract: "Look at messages that failed too often, send them back, or drop them.",
        subcommands: [List.self, Redrive.self, Purge.self],
        defaultSubcommand: List.self)

    /// Which of the dead-letter queues.
    struct Selection: ParsableArguments {
        @Option(help: .init("A job queue whose dead letters are meant; those of all if left out.", valueName: "name"))
        var queue: String?

        func validate() throws {
            let known = JobQueue.allCases.map(\.name)
            guard let queue, !known.contains(queue) else { return }
            throw ValidationError("There is no job queue named \(queue); there are \(known.joined(separator: ", ")).")
        }

        var names: [String] { JobQueue.allCases.filter { queue == nil || queue == $0.name }.map(\.deadLetterName) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show dead letters and why they are dead.")

        @Option(help: "At most this many of each queue.")
        var limit = 100

        @Flag(help: "Print JSON, one object a line.")
        var json = false

        @OptionGroup var selection: Selection
        @OptionGroup var store: StoreOptions

        func run() async throws {
            let stores = try await store.open()
            var table = TextTable(columns: ["QUEUE", "JOB", "KIND", "TRIED", "REASON"])
            for name in selection.names {
                for letter in try await stores.queues.queue(named: name).peek(maximum: limit).map(DeadLetter.init) {
                    if json { print(letter.json.text) }
                    table.add(letter.cells)
                }
            }
            if !json { print(table.isEmpty ? "No dead letters." : table.text) }
            try await stores.close()
        }
    }

    struct Redrive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send dead letters back to the queues they came from.")

        @Option(help: "At most this many of each queue; all if left out.")
        var limit = Int.max

        @OptionGroup var selection: Selection
        @OptionGroup var store: StoreOptions

        func run() async throws {
            let stores = try await store.open()
            var count = 0
            for name in selection.names {
                count += try await stores.queues.redrive(deadLetterQueueNamed: name, maximum: limit)
            }
            print("\(count) message\(count == 1 ? "" : "s") sent back.")
            try await stores.close()
        }
    }

    struct Purge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Drop dead letters for good.")

        @OptionGroup var selection: Selection
        @OptionGroup var store: StoreOptions

        func run() async throws {
            let stores = try await store.open()
            for name in selection.names { try await stores.queues.queue(named: name).purge() }
            print("Purged \(selection.names.joined(separator: ", ")).")
            try await stores.close()
        }
    }
}

/// A dead letter as an operator sees it.
private struct DeadLetter {
    let message: MessageSummary
    private let body: JSONValue?

    init(_ message: MessageSummary) {
        self.message = message
        body = try? JSONValue(parsing: message.body)  // A letter may be dead because it is no JSON.
    }

    var cells: [String] {
        [
            message.sourceQueueName ?? "–", body?["job_id"]?.string ?? "(message \(message.id))",
            body?["kind"]?.string ?? "–", "\(message.receiveCount)×", message.lastFailure ?? "–",
        ]
    }

    var json: JSONValue {
        [
            "message_id": .string(message.id.description),
            "queue": message.sourceQueueName.map { .string($0) } ?? .null,
            "receive_count": .number(message.receiveCount), "reason": message.lastFailure.map { .string($0) } ?? .null,
            "sent_at": .string(message.sentAt.iso8601), "body": .string(String(decoding: message.body, as: UTF8.self)),
        ]
    }
}
