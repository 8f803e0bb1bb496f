import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A real HTTP server on this machine that does to each request what a test says.
final class FakeServer: Sendable {
    struct Request: Sendable {
        let method: String
        let target: String
        let headers: HTTPHeaders
        let body: String
    }

    enum Reaction: Sendable {
        case answer(Int, [(String, String)] = [], String = "")
        /// The request arrives, and the connection ends.
        case hangUp
        /// The request arrives, and nothing more happens.
        case silence
    }

    let url: String
    private let channel: any Channel

    /// - Parameter react: Gets each request and how many came before it.
    static func start(
        _ react: @escaping @Sendable (Request, Int) -> Reaction
    ) async throws -> FakeServer {
        let log = Log()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                log.connections.add(1, ordering: .relaxed)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(log: log, react: react))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return FakeServer(channel, log)
    }

    /// The same answer to everything.
    static func answering(_ status: Int, _ body: String) async throws -> FakeServer {
        try await start { _, _ in .answer(status, [], body) }
    }

    private let log: Log

    private init(_ channel: any Channel, _ log: Log) {
        self.channel = channel
        self.log = log
        url = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    deinit { channel.close(promise: nil) }

    var requests: [Request] { log.requests.withLock { $0 } }

    /// How many connections were made.
    var connectionCount: Int { log.connections.load(ordering: .relaxed) }

    /// The next request that arrives after so many.
    func request(after count: Int) async -> Request {
        for await number in log.arrivals where number > count { break }
        return requests[count]
    }

    /// Stops listening; nothing answers at its address any more.
    func stop() async throws { try await channel.close() }

    final class Log: Sendable {
        let requests = Mutex<[Request]>([])
        let connections = Atomic(0)
        let arrivals: AsyncStream<Int>
        private let arriving: AsyncStream<Int>.Continuation

        init() { (arrivals, arriving) = AsyncStream.makeStream() }

        func add(_ request: Request) -> Int {
            let count = requests.withLock { requests in
                requests.append(request)
                return requests.count
            }
            arriving.yield(count)
            return count - 1
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let log: Log
        private let react: @Sendable (Request, Int) -> Reaction
        private var head: HTTPRequestHead?
        private var body = ByteBuffer()

        init(log: Log, react: @escaping @Sendable (Request, Int) -> Reaction) {
            self.log = log
            self.react = react
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body.clear()
            case .body(var part): body.writeBuffer(&part)
            case .end:
                guard let head else { return }
                let request = Request(
                    method: head.method.rawValue, target: head.uri, headers: head.headers,
                    body: String(buffer: body))
                perform(react(request, log.add(request)), context)
            }
        }

        private func perform(_ reaction: Reaction, _ context: ChannelHandlerContext) {
            switch reaction {
            case .hangUp: context.close(promise: nil)
            case .silence: break
            case .answer(let status, let headers, let text):
                var fields = HTTPHeaders(headers)
                fields.add(name: "Content-Length", value: "\(text.utf8.count)")
                let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
