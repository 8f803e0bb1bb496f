import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Watches one connection: closes it if a request takes too long to arrive, and tells when there is nobody left to answer.
///
/// Headers that come slowly are the server's idle timeout to end, since they are nothing before they are whole.
final class ConnectionWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    /// How long a body may take, or as much of it as is enough to go on waiting for the rest.
    private static let patience = TimeAmount.seconds(60)
    private static let enoughBytes = 256 << 10

    private let metrics: HTTPMetrics
    private let hangUp: HangUp
    private var isReading = false
    private var bytesSinceDeadline = 0
    private var deadline: Scheduled<Void>?
    private var isCounted = false

    /// - Parameter hangUp: Made to happen when there is nobody left to answer.
    init(metrics: HTTPMetrics, hangUp: HangUp) {
        self.metrics = metrics
        self.hangUp = hangUp
    }

    /// A connection may be open before it is watched, so both ways of becoming so count, once.
    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { count() }
    }

    func channelActive(context: ChannelHandlerContext) {
        count()
        context.fireChannelActive()
    }

    private func count() {
        guard !isCounted else { return }
        isCounted = true
        metrics.connectionOpened()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isReading = true
            bytesSinceDeadline = 0
        case .body(let buffer): bytesSinceDeadline += buffer.readableBytes
        case .end:
            isReading = false
            deadline?.cancel()
            deadline = nil
        }
        context.fireChannelRead(data)
    }

    /// Most requests arrive whole, so nearly none has a deadline.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, deadline == nil { expectMore(context.channel) }
        context.fireChannelReadComplete()
    }

    private func expectMore(_ channel: any Channel) {
        let watch = NIOLoopBound(self, eventLoop: channel.eventLoop)
        deadline = channel.eventLoop.scheduleTask(in: Self.patience) {
            let watch = watch.value
            if watch.bytesSinceDeadline < Self.enoughBytes {
                channel.close(promise: nil)
            } else {
                watch.bytesSinceDeadline = 0
                watch.expectMore(channel)
            }
        }
    }

    /// A client that closes its side while it is being answered will not read the answer; and a server that stops keeps
    /// nobody waiting.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed, is ChannelShouldQuiesceEvent: hangUp.happened()
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        hangUp.happened()
        if isCounted { metrics.connectionClosed() }
        context.fireChannelInactive()
    }
}

/// Ends what waits for the sake of a client that has gone, or that is sent away.
final class HangUp: Sendable {
    private struct State {
        var hasHappened = false
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func happened() {
        let cancel = state.withLock { state in
            state.hasHappened = true
            return state.cancel
        }
        cancel?()
    }

    /// Does work that is cancelled when the client goes; one piece at a time, as a connection has one request.
    func cancelling<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task { try await work() }
        let isTooLate = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.hasHappened
        }
        if isTooLate { task.cancel() }
        defer { state.withLock { $0.cancel = nil } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
