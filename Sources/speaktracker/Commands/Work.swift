import ArgumentParser
import SpeakModel
import Workers

struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take jobs from the queues and do them.",
        discussion:
            "SIGTERM and Ctrl-C finish the jobs in hand first, and hand back what takes too long. After a SIGKILL, a new worker goes on where this one was."
    )

    @Option(help: .init("A queue to take jobs from; all of them if left out.", valueName: "name"))
    var queue: [String] = []

    @Flag(help: "Stop once the queues are empty: no message waiting, delayed or in flight.")
    var untilEmpty = false

    @Option(help: .init("How kinds and queues are worked on, as docs/workers.md says.", valueName: "file.json"))
    var settings: String?

    @Option(help: .init("How long SIGTERM and Ctrl-C may take.", valueName: "seconds"))
    var stopSeconds = 30

    @OptionGroup var store: StoreOptions
    @OptionGroup var calendar: CalendarOptions
    @OptionGroup var log: LogOptions

    func validate() throws {
        guard (1...3600).contains(stopSeconds) else {
            throw ValidationError("--stop-seconds is \(stopSeconds); it must be from 1 to 3600.")
        }
        let known = JobQueue.allCases.map(\.name)
        for name in queue where !known.contains(name) {
            throw ValidationError("There is no job queue named \(name); there are \(known.joined(separator: ", ")).")
        }
    }

    func run() async throws {
        let settings = try WorkerSettings(file: settings)
        let stores = try await store.openOrCreate()
        let factory = WorkerFactory(
            stores: stores, timeZone: try calendar.zone(), logger: log.logger(service: "work"),
            settings: LiveSettings(settings), schedules: settings.allSchedules, stopWithin: .seconds(stopSeconds))
        let queues = JobQueue.allCases.filter { queue.isEmpty || queue.contains($0.name) }
        if untilEmpty {
            try await factory.workUntilEmpty(on: Set(queues))
        } else {
            try await factory.work(on: queues.map(\.name), untilEmpty: false) { _ in }
        }
        try await stores.close()
    }
}
