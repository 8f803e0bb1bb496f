import ArgumentParser
import Queueing
import Workers

/// A queue whose workers are told something.
struct ControlledQueue: ParsableArguments {
    @Argument(help: .init("The queue.", valueName: "queue"))
    var name: String

    @OptionGroup var store: StoreOptions

    /// Sets tags of the queue, which all of its workers read every few seconds.
    func tell(_ changes: [String: String?], _ sentence: String) async throws {
        let stores = try await store.open()
        try await stores.queues.tag(queueNamed: name, changes)
        print(sentence)
        try await stores.close()
    }
}

struct Pause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let workers begin no more jobs of a queue.",
        discussion: "Jobs in hand are finished. Workers hear of it within seconds, wherever they run.")

    @OptionGroup var queue: ControlledQueue

    func run() async throws {
        try await queue.tell([QueueControls.pausedTag: "true"], "\(queue.name) is paused.")
    }
}

struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Let workers begin jobs of a paused queue again.")

    @OptionGroup var queue: ControlledQueue

    func run() async throws {
        try await queue.tell([QueueControls.pausedTag: nil], "\(queue.name) goes on.")
    }
}

struct Concurrency: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say how many jobs of a queue each worker process does at a time.",
        discussion: "Workers hear of it within seconds, wherever they run; `default` gives them back their settings.")

    @OptionGroup var queue: ControlledQueue

    @Argument(help: .init("How many, or default.", valueName: "count"))
    var count: String

    func validate() throws {
        guard count == "default" || Int(count).map(QueueSettings.concurrencies.contains) == true else {
            let range = QueueSettings.concurrencies
            throw ValidationError(
                "\(count) is no concurrency; it is from \(range.lowerBound) to \(range.upperBound), or default.")
        }
    }

    func run() async throws {
        let value = count == "default" ? nil : count
        let sentence = value.map { "Each worker process does \($0) at a time." } ?? "Workers do as their settings say."
        try await queue.tell([QueueControls.concurrencyTag: value], "\(queue.name): \(sentence)")
    }
}
