import HummingbirdCore
import NIOCore
import NIOHTTPTypes
import Synchronization

/// A connection that has been accepted, and perhaps never will be served.
///
/// Connections that arrive while the listening channel closes are made, and then dropped by NIO before anybody takes
/// them; a `NIOAsyncChannel` that is dropped unused ends the process
/// ([swift-nio#2813](https://github.com/apple/swift-nio/issues/2813)). One of these closes instead.
final class AcceptedConnection: ServerChildChannelValue {
    let executor: EventLoopTaskExecutor
    let answered: @Sendable () async -> Void
    let channel: any Channel
    private let asyncChannel: HTTP1Channel.Value
    private let isTaken = Atomic(false)

    /// - Parameters:
    ///   - executor: Runs tasks on the thread of the connection's event loop.
    ///   - answered: Returns when no answer is being made any more; called on that thread.
    init(
        _ asyncChannel: HTTP1Channel.Value, executor: EventLoopTaskExecutor,
        answered: @escaping @Sendable () async -> Void
    ) {
        self.executor = executor
        self.answered = answered
        channel = asyncChannel.channel
        self.asyncChannel = asyncChannel
    }

    deinit {
        guard !isTaken.load(ordering: .relaxed) else { return }
        let asyncChannel = asyncChannel
        // A client that has meanwhile gone is an error here; there is nobody to tell.
        Task { try? await asyncChannel.executeThenClose { _, _ in } }
    }

    /// The channel, for who will see it to its end.
    func take() -> HTTP1Channel.Value {
        isTaken.store(true, ordering: .relaxed)
        return asyncChannel
    }
}
