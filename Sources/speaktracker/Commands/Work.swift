import ArgumentParser
import SpeakModel

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take jobs from the queues and do them.",
        discussion:
            "SIGTERM and Ctrl-C finish the jobs in hand first. After a SIGKILL, a new worker goes on where this one was."
    )

    @Option(help: .init("A queue to take jobs from; all of them if left out.", valueName: "name"))
    var queue: [String] = []

    @Flag(help: "Stop once the queues are empty: no message waiting, delayed or in flight.")
    var untilEmpty = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var log: LogOptions

    func validate() throws {
        let known = JobQueue.allCases.map(\.name)
        for name in queue where !known.contains(name) {
            throw ValidationError("There is no job queue named \(name); there are \(known.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        let stores = try await store.openOrCreate()
        let factory = WorkerFactory(stores: stores, timeZone: try calendar.zone(), logger: log.logger(service: "work"))
        let queues = JobQueue.allCases.filter { queue.isEmpty || queue.contains($0.name) }
        if untilEmpty {
            try await factory.workUntilEmpty(on: Set(queues))
        } else {
            try await factory.work(on: queues.map(\.name), untilEmpty: false) { _ in }
        }
        try await stores.close()
    }
}
