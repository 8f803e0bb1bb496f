import HummingbirdCore
import NIOCore

extension HTTPServerBuilder {
    /// How long a connection may be without a request, or with half of one's headers.
    private static let idleTimeout = TimeAmount.seconds(60)

    /// A server whose requests are the answerer's, and where it does not take them, the application's.
    static func answering(_ answerer: any Answerer, _ metrics: HTTPMetrics) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            LoopBoundChannel(
                base: HTTP1Channel(responder: responder, configuration: .init(idleTimeout: idleTimeout)),
                answerer: answerer, metrics: metrics)
        }
    }
}
