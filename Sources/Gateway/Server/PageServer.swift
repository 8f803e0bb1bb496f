import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
package import Telemetry

/// An HTTP server with the pages for probes and operators, and nothing else.
package struct PageServer: Service, CustomStringConvertible {
    package let description = "PageServer"
    private let host: String
    private let port: Int
    private let pages: Pages
    private let metrics: HTTPMetrics
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    private static let mostConnections = 100

    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - keys: Who may see more than whether all is well; everybody, if `nil`.
    ///   - unreadiness: Why work cannot be done just now; `nil` where it can.
    ///   - onListening: Called with the port when connections are accepted.
    package init(
        host: String, port: Int, keys: AccessKeys?, unreadiness: @escaping @Sendable () async -> String?,
        metrics: @escaping @Sendable () async throws -> [MetricFamily], logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        self.host = host
        self.port = port
        let ownMetrics = HTTPMetrics()
        self.metrics = ownMetrics
        pages = Pages(
            PageSources(unreadiness: unreadiness), keys: keys, metrics: { try await metrics() + ownMetrics.families },
            logger: logger)
        self.logger = logger
        self.onListening = onListening
    }

    package func run() async throws {
        let application = Application(
            // The handler before it takes them all.
            responder: CallbackResponder<BasicRequestContext> { _, _ in Response(status: .notFound) },
            server: .answering(PageAnswerer(pages: pages, metrics: metrics), metrics),
            configuration: .init(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)),
            onServerRunning: { [onListening] in await onListening($0.localAddress?.port ?? 0) }, logger: logger)
        try await application.run(listeningOn: host, port: port)
    }
}

private struct PageAnswerer: Answerer {
    let pages: Pages
    let metrics: HTTPMetrics

    /// Pages are asked for, and sent nothing.
    let mostBodyBytes = 64 << 10

    func isFor(_ head: WireRequest) -> Bool { true }

    func answer(_ request: WireRequest) async -> WireAnswer {
        let start = ContinuousClock.now
        let answer = await pages.answer(request)
        metrics.observe(answer.operation, status: answer.status.code, since: start)
        return answer
    }

    func refusal(_ head: WireRequest) -> WireAnswer { Problem.bodyTooLong(mostBodyBytes).answer }
}
