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

    private static let mostConnections = 10_000

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
        let responder = CallbackResponder<WireContext> { [s3] request, context in
            await s3.answer(WireRequest(request.head), request.body, on: context.channel)
        }
        let application = Application(
            responder: responder,
            server: .answering(GatewayAnswerer(dispatcher: dispatcher, s3: s3), metrics),
            configuration: .init(
                address: .hostname(host, port: port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)),
            onServerRunning: { [onListening] in await onListening($0.localAddress?.port ?? 0) }, logger: logger)
        try await application.run(listeningOn: host, port: port)
    }
}

/// Answers all but S3's requests, which are streamed.
private struct GatewayAnswerer: Answerer {
    let dispatcher: Dispatcher
    let s3: S3Dispatcher

    /// What DynamoDB takes for a batch.
    let mostBodyBytes = 16 << 20

    func isFor(_ head: WireRequest) -> Bool { Dispatcher.isForPeople(head) || !s3.isFor(head) }

    func answer(_ request: WireRequest) async -> WireAnswer { await dispatcher.answer(request) }

    func refusal(_ head: WireRequest) -> WireAnswer {
        Dispatcher.isForPeople(head)
            ? Problem.bodyTooLong(mostBodyBytes).answer : WireAnswer(status: .contentTooLarge)
    }
}
