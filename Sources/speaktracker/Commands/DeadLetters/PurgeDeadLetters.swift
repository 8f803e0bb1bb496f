import ArgumentParser
import Queueing

struct PurgeDeadLetters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "purge", abstract: "Drop dead letters for good.")

    @OptionGroup var queues: DeadLetterQueues
    @OptionGroup var store: StoreOptions

    func run() async throws {
        let stores = try await store.open()
        for name in queues.names { try await stores.queues.queue(named: name).purge() }
        print("Purged \(queues.names.joined(separator: ", ")).")
        try await stores.close()
    }
}
