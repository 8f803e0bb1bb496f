import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers a connection's requests that are small enough to be read whole, on the thread of its event loop; those that
/// are to be streamed go on to Hummingbird.
///
/// There a request is an asynchronous sequence of parts between two tasks, which is more work than most requests are
/// themselves. Whatever a request does without suspending keeps the loop's other connections waiting, so nothing in it
/// may wait long: stores wait for the disk on threads of their own, but for short reads, which find nearly everything in
/// memory.
///
/// One request at a time: what a client sends before it has its answer is held, and nothing more read.
final class RequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum State {
        case idle
        case collecting(WireRequest)
        /// Its body is too long, and not kept.
        case refusing(WireRequest)
        case answering
        /// Hummingbird has it.
        case passing(isRead: Bool, isAnswered: Bool)
    }

    private enum Held {
        case part(HTTPRequestPart)
        case event(any Sendable)
        case error(any Error)
    }

    private let answerer: any Answerer
    private let hangUp: HangUp
    private let executor: EventLoopTaskExecutor
    private var state = State.idle
    private var isLast = false
    private var held = CircularBuffer<Held>()
    private var isReleasing = false
    private var isReadHeld = false
    /// Whether Hummingbird's handler holds parts, which it delivers when a read is complete.
    private var hasPassed = false

    /// The task that makes the latest answer; it may go on when its client has gone.
    private(set) var answer: Task<Void, Never>?

    /// - Parameter hangUp: Happens when there is nobody left to answer.
    init(answerer: any Answerer, hangUp: HangUp, executor: EventLoopTaskExecutor) {
        self.answerer = answerer
        self.hangUp = hangUp
        self.executor = executor
    }
}

/// What comes in.
extension RequestHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(.part(unwrapInboundIn(data)), context)
    }

    /// A client that has sent all it will ever send still gets its answer.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent else { return context.fireUserInboundEventTriggered(event) }
        receive(.event(event), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { receive(.error(error), context) }

    func read(context: ChannelHandlerContext) {
        if held.isEmpty { context.read() } else { isReadHeld = true }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard hasPassed else { return }
        hasPassed = false
        context.fireChannelReadComplete()
    }

    private func receive(_ input: Held, _ context: ChannelHandlerContext) {
        if isBusy || !held.isEmpty { held.append(input) } else { handle(input, context) }
    }

    private var isBusy: Bool {
        switch state {
        case .answering, .passing(isRead: true, _): true
        case .idle, .collecting, .refusing, .passing: false
        }
    }

    private func handle(_ input: Held, _ context: ChannelHandlerContext) {
        switch input {
        case .part(.head(let head)): begin(head, context)
        case .part(.body(let buffer)): take(buffer, context)
        case .part(.end(let trailers)): end(trailers, context)
        case .event(let event): context.fireUserInboundEventTriggered(event)
        case .error(let error): context.fireErrorCaught(error)
        }
    }

    private func begin(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        // What is sent behind such a request is an error to the decoder.
        isLast = head.headerFields[.connection]?.lowercased() == "close"
        if head.headerFields[.expect]?.lowercased() == "100-continue" {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        let request = WireRequest(head, hangUp: hangUp)
        if answerer.isFor(request) {
            state = .collecting(request)
        } else {
            state = .passing(isRead: false, isAnswered: false)
            pass(.head(head), context)
        }
    }

    private func pass(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        hasPassed = true
        context.fireChannelRead(wrapInboundOut(part))
    }

    private func take(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        switch state {
        case .collecting(var request):
            // The copy in the state would have the body copied with each piece.
            state = .idle
            if request.body.count + buffer.readableBytes <= answerer.mostBodyBytes {
                request.body.append(contentsOf: buffer.readableBytesView)
                state = .collecting(request)
            } else {
                request.body = []
                state = .refusing(request)
            }
        case .passing: pass(.body(buffer), context)
        case .idle, .refusing, .answering: break
        }
    }

    private func end(_ trailers: HTTPFields?, _ context: ChannelHandlerContext) {
        switch state {
        case .collecting(let request): start(request, context)
        case .refusing(let request):
            state = .answering
            send(answerer.refusal(request), to: request.method, context)
        case .passing(_, let isAnswered):
            state = isAnswered ? .idle : .passing(isRead: true, isAnswered: false)
            pass(.end(trailers), context)
        case .idle, .answering: break
        }
    }

    /// Goes on with what has come meanwhile.
    private func release(_ context: ChannelHandlerContext) {
        // An answer that needs no waiting comes before its request's handling is over.
        guard !isReleasing else { return }
        isReleasing = true
        while !isBusy, let input = held.popFirst() { handle(input, context) }
        isReleasing = false
        channelReadComplete(context: context)
        if held.isEmpty, isReadHeld {
            isReadHeld = false
            context.read()
        }
    }
}

/// What goes out.
extension RequestHandler {
    private func start(_ request: WireRequest, _ context: ChannelHandlerContext) {
        state = .answering
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        self.answer = Task.immediate(executorPreference: executor) { [answerer] in
            let answer = await answerer.answer(request)
            let (handler, context) = bound.value
            handler.send(answer, to: request.method, context)
        }
    }

    private func send(_ answer: WireAnswer, to method: HTTPRequest.Method, _ context: ChannelHandlerContext) {
        var head = HTTPResponse(status: answer.status, headerFields: answer.headers)
        head.headerFields[.contentLength] = String(answer.body.count)
        head.headerFields[.date] = HTTPDate.now
        let isWritten: EventLoopFuture<Void>
        if answer.body.isEmpty || method == .head {
            isWritten = context.writeAndFlush(wrapOutboundOut(.head(head)))
        } else {
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            isWritten = context.writeAndFlush(wrapOutboundOut(.body(ByteBuffer(bytes: answer.body))))
        }
        // The end comes when all else is on its way, for a server that stops closes the connection at it; and before the
        // client takes what it has asked for, it is not asked what it wants next.
        isWritten.assumeIsolated().whenComplete { result in
            guard self.isThere(result) else { return }
            context.write(self.wrapOutboundOut(.end(nil)), promise: nil)
            self.state = .idle
            // What the client sends still would have a connection that is closed whole lose the answer.
            if self.isLast { context.close(mode: .output, promise: nil) }
            self.release(context)
        }
    }

    /// Whether the client is there to be answered; for one that has gone nothing more is done.
    private func isThere(_ result: Result<Void, any Error>) -> Bool {
        guard case .failure = result else { return true }
        held.removeAll()
        return false
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data), case .passing = state else {
            return context.write(data, promise: promise)
        }
        let isWritten = promise ?? context.eventLoop.makePromise()
        isWritten.futureResult.assumeIsolated().whenComplete { result in
            guard self.isThere(result), case .passing(let isRead, _) = self.state else { return }
            self.state = isRead ? .idle : .passing(isRead: false, isAnswered: true)
            self.release(context)
        }
        context.write(data, promise: isWritten)
    }
}
