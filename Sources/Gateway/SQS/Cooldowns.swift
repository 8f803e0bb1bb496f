import SpeakModel
import Synchronization

/// The minute that SQS lets pass between two purges of a queue, and between a queue's deletion and its next creation.
///
/// AWS needs it to tell all its machines. Here it is kept so that what works here works there; it is forgotten when the
/// server ends.
final class Cooldowns: Sendable {
    private struct State {
        var purges: [String: Timestamp] = [:]
        var deletions: [String: Timestamp] = [:]
    }

    private static let length = Duration.seconds(60)
    private let state = Mutex(State())
    private let now: @Sendable () -> Timestamp
    private let isOff: Bool

    init(isOff: Bool, now: @escaping @Sendable () -> Timestamp = Timestamp.now) {
        self.isOff = isOff
        self.now = now
    }

    func purged(_ name: String) throws(AWSError) {
        let isFirst = start(name, in: \.purges)
        guard isFirst else {
            throw AWSError(
                "PurgeQueueInProgress", code: "AWS.SimpleQueueService.PurgeQueueInProgress",
                "Only one PurgeQueue operation on \(name) is allowed every 60 seconds.", status: 403)
        }
    }

    func deleted(_ name: String) {
        _ = start(name, in: \.deletions)
        state.withLock { $0.purges[name] = nil }
    }

    func checkCreation(of name: String) throws(AWSError) {
        let isWaiting = state.withLock { [now] in isRunning($0.deletions[name], now()) }
        guard !isWaiting else {
            throw AWSError(
                "QueueDeletedRecently", code: "AWS.SimpleQueueService.QueueDeletedRecently",
                "You must wait 60 seconds after deleting a queue before you can create another with the same name.")
        }
    }

    /// - Returns: Whether none was running.
    private func start(_ name: String, in times: any WritableKeyPath<State, [String: Timestamp]> & Sendable) -> Bool {
        if isOff { return true }
        let now = now()
        return state.withLock { state in
            state[keyPath: times] = state[keyPath: times].filter { isRunning($0.value, now) }
            guard state[keyPath: times][name] == nil else { return false }
            state[keyPath: times][name] = now
            return true
        }
    }

    private func isRunning(_ start: Timestamp?, _ now: Timestamp) -> Bool {
        start.map { $0 + Self.length > now } ?? false
    }
}
