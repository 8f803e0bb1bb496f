import Documents
import HTTPTypes
import JSON
import Queueing

/// A call of an operation: its input, and whom and how it was called.
struct Call: Sendable {
    let input: JSONValue
    let queues: any QueueService
    let documents: any DocumentStore
    let cooldowns: Cooldowns
    private let request: WireRequest

    init(
        _ input: JSONValue, _ request: WireRequest, queues: any QueueService, documents: any DocumentStore,
        cooldowns: Cooldowns
    ) {
        self.documents = documents
        self.input = input
        self.request = request
        self.queues = queues
        self.cooldowns = cooldowns
    }

    /// What the caller reached us by, such as `http://localhost:4566`: URLs that we give must work for it too.
    var baseURL: String { "http://\(request.authority)" }

    /// What the caller signed for.
    ///
    /// All regions are one store.
    var region: String { request.region }

    /// What X-Ray traces the request by.
    var traceHeader: String? { request.headers[.amznTraceID] }

    static let account = "000000000000"

    /// Does work that is cancelled if the client goes meanwhile, or the server stops.
    func whileConnected<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let hangUp = request.hangUp else { return try await work() }
        return try await hangUp.cancelling(work)
    }

    /// - Throws: `MissingParameter` for one that is left out.
    func string(_ name: String) throws(AWSError) -> String {
        guard let value = input[name]?.string else { throw .missingParameter(name) }
        return value
    }

    /// A list of strings; none for one that is left out.
    func strings(_ name: String) -> [String] { input[name]?.array?.compactMap(\.string) ?? [] }

    /// A map of strings; none for one that is left out.
    func map(_ name: String) -> [String: String] { input[name]?.object?.compactMapValues(\.string) ?? [:] }
}
