import Queueing
import SpeakModel
import Synchronization

/// Runs moves of messages, each in a task of its own, in transactions between which others write.
final class MessageMover: Sendable {
    private let storage: Storage
    private let waiters: PollWaiters
    private let tasks = Mutex<[String: Task<Void, Never>]>([:])

    private static let mostAtOnce = 500
    /// A move with a rate looks this often whether it may move another message.
    private static let tick = Duration.milliseconds(50)
    private static let pauseAfterFailure = Duration.seconds(1)

    init(storage: Storage, waiters: PollWaiters) {
        self.storage = storage
        self.waiters = waiters
    }

    func run(_ move: MessageMove) {
        tasks.withLock { tasks in
            tasks[move.id] = Task {
                await follow(move)
                _ = self.tasks.withLock { $0.removeValue(forKey: move.id) }
            }
        }
    }

    func close() {
        for task in tasks.withLock({ $0.values }) { task.cancel() }
    }

    private func follow(_ move: MessageMove) async {
        let start = ContinuousClock.now
        var count = 0
        while !Task.isCancelled {
            do {
                let allowed = Self.allowance(move.rate, since: start) - count
                if allowed > 0 {
                    let step = try await step(move, limit: min(allowed, Self.mostAtOnce))
                    count += step.moved.values.reduce(0, +)
                    if step.status != .running { return }
                }
                if move.rate != nil { try await Task.sleep(for: Self.tick) }
            } catch {
                // A full disk may have room again. A closed folder goes on with its moves when it is opened.
                try? await Task.sleep(for: Self.pauseAfterFailure)
            }
        }
    }

    /// How many messages may have been moved by now.
    private static func allowance(_ rate: Int?, since start: ContinuousClock.Instant) -> Int {
        guard let rate else { return Int.max }
        return Int((ContinuousClock.now - start) / .seconds(1) * Double(rate)) + 1
    }

    private func step(_ move: MessageMove, limit: Int) async throws -> MoveStep {
        let step = try await storage.writeQueues(.durable) { connection, now in
            try connection.step(move.id, limit: limit, now: now.milliseconds)
        }
        for (name, count) in step.moved { waiters.messagesAppeared(count, inQueue: name) }
        return step
    }
}

/// What one transaction of a move has done.
struct MoveStep: Sendable {
    let status: MessageMove.Status
    /// How many messages each queue got.
    let moved: [String: Int]
}
