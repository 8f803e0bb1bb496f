import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Telemetry

/// One HTTP request, whole.
struct TransportRequest: Sendable {
    var method: String
    var url: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
}

/// One HTTP answer, whole.
struct TransportAnswer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    /// The first header of that name, in whatever case.
    subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why there is no answer, by what may have become of the request.
enum TransportError: Error, Hashable {
    /// It never left.
    case notSent(reason: String)
    /// It left, all or part of it.
    case interrupted(reason: String)
    /// It left, and this is how long was waited.
    case timedOut(Duration)
}

/// Sends requests over kept connections, each within its time.
final class Transport: Sendable {
    /// What its callers have asked of services.
    let calls = OutgoingCalls()
    private let client: HTTPClient
    private let patience: Int

    /// The most of an answer that is taken: S3's largest objects of one piece have 5 GiB, ours are recordings.
    private static let mostBodyBytes = 1 << 30
    private static let connectTimeout = TimeAmount.seconds(3)

    /// - Parameter patience: How many times as long as it says each call may take.
    init(patience: Int = 1) {
        self.patience = patience
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: Self.connectTimeout))
        // Every long poll holds a connection while it waits: they must not keep the others' calls out.
        configuration.connectionPool = .init(
            idleTimeout: .seconds(50), concurrentHTTP1ConnectionsPerHostSoftLimit: 1024)
        // Whoever calls decides when to try again.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.decompression = .disabled
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func close() async throws { try await client.shutdown() }

    /// Whoever ends by an error need not close first.
    deinit { client.shutdown { _ in } }

    /// - Parameter timeout: From the first byte sent to the last received, making a connection included.
    /// - Throws: ``TransportError``, or `CancellationError` if the task was cancelled.
    func send(_ request: TransportRequest, timeout: Duration) async throws -> TransportAnswer {
        let limit = timeout * patience
        do {
            let outgoing = try HTTPClient.Request(
                url: request.url, method: HTTPMethod(rawValue: request.method),
                headers: HTTPHeaders(request.headers.map { ($0.name, $0.value) }),
                body: request.hasBody ? .byteBuffer(ByteBuffer(bytes: request.body)) : nil)
            // Its asynchronous requests bear a deadline for the answer's head alone.
            let exchange = client.execute(
                request: outgoing,
                delegate: ResponseAccumulator(request: outgoing, maxBodySize: Self.mostBodyBytes),
                deadline: .now() + TimeAmount(limit))
            let response = try await withTaskCancellationHandler {
                try await exchange.get()
            } onCancel: {
                exchange.cancel()
            }
            return TransportAnswer(
                status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) },
                body: response.body.map { Array($0.readableBytesView) } ?? [])
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw TransportError.timedOut(limit)
        } catch {
            if Task.isCancelled { throw CancellationError() }
            throw TransportError(error)
        }
    }
}

extension TransportRequest {
    /// Servers want to be told of a body that is empty, where there could be one.
    fileprivate var hasBody: Bool { !body.isEmpty || method == "POST" || method == "PUT" }
}

extension TransportError {
    fileprivate init(_ error: any Error) {
        switch error {
        case let error as NIOConnectionError: self = .notSent(reason: Self.reason(error))
        case let error as IOError where Self.connecting[error.errnoCode] != nil:
            self = .notSent(reason: Self.connecting[error.errnoCode] ?? "")
        case let error as HTTPClientError where error == .connectTimeout:
            self = .notSent(reason: "no connection within 3 s")
        case let error as HTTPClientError where Self.neverSent.contains(error):
            self = .notSent(reason: error.shortDescription)
        case let error as HTTPClientError: self = .interrupted(reason: error.shortDescription)
        default: self = .interrupted(reason: "\(error)")
        }
    }

    private static let neverSent: [HTTPClientError] = [
        .invalidURL, .emptyHost, .missingSocketPath, .emptyScheme, .getConnectionFromPoolTimeout,
    ]

    /// What only making a connection fails with.
    private static let connecting = [
        ECONNREFUSED: "the connection was refused", EHOSTUNREACH: "there is no way to the host",
        ENETUNREACH: "there is no way to the network",
    ]

    private static func reason(_ error: NIOConnectionError) -> String {
        if let failure = error.connectionErrors.first?.error as? IOError {
            return connecting[failure.errnoCode] ?? "\(failure)"
        }
        if error.dnsAError != nil || error.dnsAAAAError != nil { return "the name \(error.host) is not known" }
        return "no connection to \(error.host):\(error.port)"
    }
}
