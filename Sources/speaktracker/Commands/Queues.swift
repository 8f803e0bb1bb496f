import ArgumentParser
import JSON
import Queueing
import SpeakModel

struct Queues: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show how many messages wait, and for how long.")

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let stores = try await store.open()
        var table = TextTable(columns: ["QUEUE", "WAITING", "IN FLIGHT", "DELAYED", "OLDEST"])
        for name in try await stores.queues.queueNames(prefix: "") {
            let figures = try await stores.queues.queue(named: name).statistics()
            if json { print(Self.json(name, figures).text) }
            table.add([name, "\(figures.visible)", "\(figures.inFlight)", "\(figures.delayed)", Self.age(figures)])
        }
        if !json { print(table.text) }
        try await stores.close()
    }

    private static func age(_ figures: QueueStatistics) -> String {
        figures.ageOfOldest.map { "\($0.components.seconds) s" } ?? "–"
    }

    private static func json(_ name: String, _ figures: QueueStatistics) -> JSONValue {
        [
            "queue": .string(name), "visible": .number(figures.visible), "in_flight": .number(figures.inFlight),
            "delayed": .number(figures.delayed),
            "age_of_oldest_seconds": figures.ageOfOldest.map { .number(Int($0.components.seconds)) } ?? .null,
        ]
    }
}
