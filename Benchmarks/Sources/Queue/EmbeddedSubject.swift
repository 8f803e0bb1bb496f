import EmbeddedBackend
import Queueing

/// Our queue, called in this process.
struct EmbeddedSubject: QueueSubject {
    let folder: DataFolder
    let queue: any MessageQueue

    static func start(in path: String) async throws -> EmbeddedSubject {
        // The deepest queue has a million messages leased.
        let folder = try DataFolder.open(path, inFlightLimit: .max)
        return EmbeddedSubject(folder: folder, queue: try await folder.queues.createQueue(named: "jobs", .init()))
    }

    func run(_ load: QueueLoad, rounds: Int, callers: Int) async throws {
        try await withThrowingTaskGroup { group in
            for caller in 0..<callers {
                let rounds = share(of: rounds, caller: caller, callers: callers)
                group.addTask { for round in 0..<rounds { try await step(load, round: round, caller: caller) } }
            }
            try await group.waitForAll()
        }
    }

    private func step(_ load: QueueLoad, round: Int, caller: Int) async throws {
        if load != .receiveAndDelete {
            try await queue.send(OutgoingMessage(body: Array(Payload.body(round, caller: caller).utf8)))
        }
        if load == .send { return }
        let deliveries = try await queue.receive()
        guard let delivery = deliveries.first else { throw BenchmarkError("a message is missing") }
        guard try await queue.delete(delivery.receipt) else { throw BenchmarkError("a lease was lost") }
    }

    func syncs() -> Int? { folder.storage.writer.statistics.syncedCommits }

    func stop() throws { try folder.close() }
}
