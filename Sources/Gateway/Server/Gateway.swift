package import Documents
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import Objects
package import Queueing
import ServiceLifecycle

/// The HTTP server that speaks AWS's protocols over any backend.
///
/// A graceful stop accepts nothing new, ends long polls with what they have, which is nothing, and answers everything
/// else first.
package struct Gateway: Service, CustomStringConvertible {
    package let description = "Gateway"
    private let host: String
    private let port: Int
    private let dispatcher: Dispatcher
    private let s3: S3Dispatcher
    private let metrics: HTTPMetrics
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// The longest body of a request, but for S3's: what DynamoDB takes for a batch.
    static let mostBodyBytes = 16 << 20
    private static let mostConnections = 10_000
    /// How long a connection may be without a request, or with half of one's headers.
    private static let idleTimeout = TimeAmount.seconds(60)

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - domains: Names whose subdomains are buckets of S3.
    ///   - keys: Who may call; everybody, if `nil`.
    ///   - cooldowns: Whether a minute must pass between purges of a queue and after its deletion, as at AWS.
    ///   - pages: What the pages under `/-/` are made of.
    ///   - onListening: Called with the port when connections are accepted.
    package init(
        host: String, port: Int, queues: any QueueService, documents: any DocumentStore, objects: any ObjectService,
        keys: AccessKeys?, domains: [String] = ["localhost"], cooldowns: Bool = true,
        pages: PageSources = PageSources(), logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        metrics = HTTPMetrics()
        dispatcher = Dispatcher(
            queues: queues, documents: documents, keys: keys, cooldowns: cooldowns, pages: pages, metrics: metrics,
            logger: logger)
        s3 = S3Dispatcher(objects: objects, keys: keys, domains: domains, metrics: metrics, logger: logger)
        self.logger = logger
        self.onListening = onListening
    }

    package func run() async throws {
        let responder = CallbackResponder<WireContext> { [dispatcher, s3] request, context in
            let head = Self.wire(request, [], context)
            if !Dispatcher.isForPeople(head), s3.isFor(head) { return await s3.answer(head, request.body) }
            return await Self.respond(to: request, by: dispatcher, context)
        }
        let application = Application(
            responder: responder,
            server: Self.server(metrics),
            configuration: .init(
                address: .hostname(host, port: port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)),
            onServerRunning: { [onListening] in await onListening($0.localAddress?.port ?? 0) }, logger: logger)
        try await application.run(listeningOn: host, port: port)
    }

    static func server(_ metrics: HTTPMetrics) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            let configuration = HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionWatch(metrics: metrics)], idleTimeout: idleTimeout)
            return LoopBoundChannel(base: HTTP1Channel(responder: responder, configuration: configuration))
        }
    }

    private static func respond(
        to request: Request, by dispatcher: Dispatcher, _ context: WireContext
    ) async -> Response {
        let body: [UInt8]
        do {
            var buffer = try await request.body.collect(upTo: mostBodyBytes)
            body = buffer.readBytes(length: buffer.readableBytes) ?? []
        } catch {
            guard Dispatcher.isForPeople(wire(request, [], context)) else { return Response(status: .contentTooLarge) }
            return response(
                Problem(status: .contentTooLarge, detail: "No body here has more than \(mostBodyBytes) bytes.").answer)
        }
        return response(await dispatcher.answer(wire(request, body, context)))
    }

    static func response(_ answer: WireAnswer) -> Response {
        Response(
            status: answer.status, headers: answer.headers, body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    static func wire(_ request: Request, _ body: [UInt8], _ context: WireContext) -> WireRequest {
        WireRequest(
            method: request.method, target: request.head.path ?? "/", authority: request.head.authority ?? "localhost",
            headers: request.headers, body: body, channel: context.channel)
    }
}
