import ArgumentParser
import JSON
import Queueing

struct RedriveDeadLetters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive", abstract: "Send dead letters back to the queues they came from.")

    @Option(help: "At most this many of each queue; all if left out.")
    var limit = Int.max

    @Option(help: .init("At most so many a second; as fast as it goes if left out.", valueName: "number"))
    var rate: Int?

    @Flag(help: "Only show what would be sent back.")
    var dryRun = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var choice: DeadLetterChoice
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if let rate, !QueueLimits.moveRate.contains(rate) {
            throw ValidationError(
                "--rate is a number from \(QueueLimits.moveRate.lowerBound) to \(QueueLimits.moveRate.upperBound).")
        }
        if limit < 1 { throw ValidationError("--limit is a number from 1.") }
    }

    func run() async throws {
        let stores = try await store.open()
        if dryRun {
            let letters = try await choice.letters(in: stores, limit: limit).flatMap(\.letters)
            for letter in letters { print(json ? letter.json.text : letter.sentence) }
            report(letters.count, "would be sent back")
        } else {
            report(try await redrive(in: stores), "sent back")
        }
        try await stores.close()
    }

    private func redrive(in stores: Stores) async throws -> Int {
        var count = 0
        let chosen = choice.isEverything ? nil : try await choice.letters(in: stores, limit: limit)
        for name in choice.queues.names {
            var request = RedriveRequest(maximum: limit, rate: rate)
            if let chosen {
                let letters = chosen.first { $0.queue == name }?.letters ?? []
                if letters.isEmpty { continue }
                request.messages = Set(letters.map(\.message.id))
            }
            count += try await stores.queues.redrive(deadLetterQueueNamed: name, request)
        }
        return count
    }

    private func report(_ count: Int, _ what: String) {
        if json {
            if !dryRun { print(JSONValue.object(["redriven": .number(count)]).text) }
        } else {
            print("\(count) message\(count == 1 ? "" : "s") \(what).")
        }
    }
}
