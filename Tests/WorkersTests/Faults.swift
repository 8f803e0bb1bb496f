import Documents
import JSON
import SpeakModel
import Synchronization
import TestSupport

/// A store whose calls fail now and then, before they land or after: the request is lost, or the reply is.
final class FaultyDocuments: DocumentStore {
    private let store: any DocumentStore
    enum Fault { case requestLost, replyLost }

    private let calls = Mutex(0)
    private let fault: @Sendable (_ call: Int) -> Fault?

    /// - Parameter fault: What happens to a call, which are counted from 1.
    init(_ store: any DocumentStore, fault: @escaping @Sendable (_ call: Int) -> Fault?) {
        self.store = store
        self.fault = fault
    }

    /// - Parameter percent: Of a hundred calls, this many lose their request, and as many their reply.
    convenience init(_ store: any DocumentStore, seed: UInt64, percent: Int) {
        let random = Mutex(SeededGenerator(seed: seed))
        self.init(store) { _ in
            let dice = random.withLock { Int.random(in: 0..<100, using: &$0) }
            return dice < percent ? .requestLost : dice < 2 * percent ? .replyLost : nil
        }
    }

    private func perform<Value>(_ call: () async throws -> Value) async throws -> Value {
        let number = calls.withLock { calls in
            calls += 1
            return calls
        }
        let fault = fault(number)
        if fault == .requestLost { throw DocumentError.unavailable(reason: "request lost") }
        let value = try await call()
        if fault == .replyLost { throw DocumentError.unavailable(reason: "reply lost") }
        return value
    }

    func createTable(_ schema: TableSchema) async throws { try await perform { try await store.createTable(schema) } }
    func createNewTable(_ schema: TableSchema, settings: JSONValue) async throws -> TableDescription {
        try await perform { try await store.createNewTable(schema, settings: settings) }
    }
    func description(ofTable name: String) async throws -> TableDescription {
        try await perform { try await store.description(ofTable: name) }
    }
    func size(ofTable name: String) async throws -> TableSize {
        try await perform { try await store.size(ofTable: name) }
    }
    func updateTable(
        _ name: String, _ change: @escaping @Sendable (inout TableDescription) throws -> Void
    ) async throws -> TableDescription {
        try await perform { try await store.updateTable(name, change) }
    }
    func deleteTable(_ name: String) async throws { try await perform { try await store.deleteTable(name) } }
    func tableNames() async throws -> [String] { try await perform { try await store.tableNames() } }
    func schema(ofTable name: String) async throws -> TableSchema {
        try await perform { try await store.schema(ofTable: name) }
    }
    func stored(_ keys: [DocumentKey]) async throws -> [StoredItem?] {
        try await perform { try await store.stored(keys) }
    }
    func write(_ write: DocumentWrite) async throws -> WriteResult {
        try await perform { try await store.write(write) }
    }
    func transact(_ writes: [DocumentWrite], token: TransactionToken?) async throws -> TransactionResult? {
        try await perform { try await store.transact(writes, token: token) }
    }
    func query(_ query: DocumentQuery) async throws -> DocumentPage {
        try await perform { try await store.query(query) }
    }
    func scan(_ scan: DocumentScan) async throws -> DocumentPage { try await perform { try await store.scan(scan) } }
    func sweepExpired(limit: Int) async throws -> Int {
        try await perform { try await store.sweepExpired(limit: limit) }
    }
}
