import Documents
import EmbeddedBackend
import Foundation
import Queueing
import SpeakModel
import TestSupport
import Testing

@Suite("documents and messages that commit together")
struct JointStoreTests {
    private let temporary = TemporaryFolder()
    private let clock = TestClock()
    private let folder: DataFolder
    private static let table = TableSchema(name: "rows", key: .init(partition: .init("id")))

    init() async throws {
        folder = try DataFolder.open(temporary.path, now: { [clock] in clock.now })
        try await folder.documents.createTable(Self.table)
        try await folder.queues.createQueue(named: "q", QueueConfiguration())
    }

    private func put(_ id: String, onlyNew: Bool = true) -> DocumentWrite {
        DocumentWrite(table: "rows", .put(["id": .string(id)]), if: onlyNew ? .notExists("id") : nil)
    }

    private func submit(
        _ ids: [String], queue: String = "q", body: [UInt8] = [0x61], key: IdempotencyKey? = nil, onlyNew: Bool = true
    ) async throws -> String? {
        try await folder.transact(
            ids.map { put($0, onlyNew: onlyNew) }, sending: OutgoingMessage(body: body), toQueueNamed: queue, once: key)
    }

    private func key(_ name: String, digest: UInt8 = 1, answer: String = "first") -> IdempotencyKey {
        IdempotencyKey(name: name, digest: [digest], answer: answer)
    }

    private func state() async throws -> (rows: Int, messages: Int) {
        let rows = try await folder.documents.scan(DocumentScan(table: "rows")).items.count
        return (rows, try await folder.queues.queue(named: "q").statistics().total)
    }

    @Test("rows and message appear together")
    func together() async throws {
        #expect(try await submit(["a", "b"]) == nil)
        #expect(try await state() == (2, 1))
    }

    @Test("a condition that does not hold keeps rows and message back")
    func condition() async throws {
        _ = try await submit(["a"])
        await #expect(throws: DocumentError.self) { try await submit(["b", "a"], key: key("k")) }
        #expect(try await state() == (1, 1))
        // Nor is the key remembered.
        #expect(try await submit(["c"], key: key("k")) == nil)
    }

    @Test("a message that cannot be sent keeps the rows back")
    func noMessage() async throws {
        await #expect(throws: QueueError.noSuchQueue("none")) { try await submit(["a"], queue: "none", key: key("k")) }
        try await folder.queues.configure(queueNamed: "q") { $0.maximumMessageBytes = 1024 }
        await #expect(throws: QueueError.messageTooLong(bytes: 2000, limit: 1024)) {
            try await submit(["b"], body: Array(repeating: 0x61, count: 2000), key: key("k"))
        }
        #expect(try await state() == (0, 0))
        #expect(try await submit(["c"], key: key("k")) == nil)
    }

    @Test("a key makes repeats harmless for a day, and belongs to one request")
    func keys() async throws {
        #expect(try await submit(["a"], key: key("k"), onlyNew: false) == nil)
        #expect(try await submit(["a"], key: key("k", answer: "second"), onlyNew: false) == "first")
        await #expect(throws: DocumentError.tokenMismatch) { try await submit(["b"], key: key("k", digest: 2)) }
        #expect(try await state() == (1, 1))
        clock.advance(by: .seconds(24 * 3600 - 1))
        #expect(try await submit(["a"], key: key("k"), onlyNew: false) == "first")
        clock.advance(by: .seconds(1))
        #expect(try await submit(["a"], key: key("k"), onlyNew: false) == nil)
        #expect(try await state() == (1, 2))
    }

    @Test("of many who use one key at once, one writes, and all get its answer")
    func race() async throws {
        let answers = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<50 {
                group.addTask { try await submit(["a"], key: key("k", answer: "\(number)"), onlyNew: false) }
            }
            return try await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(answers.count { $0 == nil } == 1)
        #expect(Set(answers.compactMap { $0 }).count == 1)
        #expect(try await state() == (1, 1))
    }

    @Test("a receiver that waits gets the message at once")
    func wakes() async throws {
        async let deliveries = folder.queues.queue(named: "q").receive(
            maximum: 1, visibilityTimeout: nil, wait: .seconds(20))
        while folder.queues.waitingReceiverCount == 0 { await Task.yield() }
        _ = try await submit(["a"])
        #expect(try await deliveries.count == 1)
    }

    @Test("what was taken is there after the folder is opened again, its key too")
    func durable() async throws {
        _ = try await submit(["a"], key: key("k"))
        try folder.close()
        let again = try DataFolder.open(temporary.path, now: { [clock] in clock.now })
        defer { try? again.close() }  // The test is over then.
        let answer = try await again.transact(
            [put("a")], sending: OutgoingMessage(body: [0x61]), toQueueNamed: "q", once: key("k"))
        #expect(answer == "first")
    }
}
