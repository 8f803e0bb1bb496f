import SpeakModel
import Workers

extension WorkerFactory {
    /// Works until these queues are empty, and tells on stderr how far it is and what came of it.
    func workUntilEmpty(on queues: Set<JobQueue>) async throws {
        let names = queues.map(\.name).sorted()
        let progress = try await WorkProgress(on: names, of: stores.queues)
        try await work(on: names, untilEmpty: true) { progress.note($0) }
        progress.finish()
    }
}
