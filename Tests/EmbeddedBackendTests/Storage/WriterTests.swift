import EmbeddedBackend
import Foundation
import GRDB
import Testing

@Suite("writer")
struct WriterTests {
    let temporary = TemporaryFolder()

    /// A folder with an empty table `notes`.
    private func open() async throws -> DataFolder {
        let folder = try DataFolder.open(temporary.path)
        try await folder.storage.writer.run(.durable) { try $0.database.execute(sql: "CREATE TABLE notes (text TEXT)") }
        return folder
    }

    /// Occupies the writer until all callers have submitted their work, so that it meets in one transaction.
    private func together(
        _ folder: DataFolder, _ durability: Writer.Durability, bytes: Int = 0, callers: Int,
        _ work: @escaping @Sendable (Int, WriteConnection) throws -> Void
    ) async throws -> [Result<Void, any Error>] {
        let writer = folder.storage.writer
        let gate = DispatchSemaphore(value: 0)
        let (occupied, occupy) = AsyncStream<Void>.makeStream()
        let gateKeeper = Task {
            try await writer.run(.lease) { _ in
                occupy.finish()
                gate.wait()
            }
        }
        for await _ in occupied {}
        return try await withThrowingTaskGroup { group in
            for caller in 0..<callers {
                group.addTask { () -> Result<Void, any Error> in
                    do {
                        return .success(try await writer.run(durability, bytes: bytes) { try work(caller, $0) })
                    } catch {
                        return .failure(error)
                    }
                }
            }
            while writer.waitingCount < callers { await Task.yield() }
            gate.signal()
            try await gateKeeper.value
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func notes(_ folder: DataFolder) async throws -> [String] {
        try await folder.storage.read { try String.fetchAll($0, sql: "SELECT text FROM notes ORDER BY text") }
    }

    private static func note(_ text: String, _ connection: WriteConnection) throws {
        try connection.statement("INSERT INTO notes (text) VALUES (?)").bind(text, at: 1).run()
    }

    @Test("all who wait share one commit and one fsync")
    func sharesCommits() async throws {
        let folder = try await open()
        let before = folder.storage.writer.statistics
        let results = try await together(folder, .durable, callers: 64) { try Self.note("\($0)", $1) }
        let after = folder.storage.writer.statistics
        #expect(results.count == 64)
        #expect(after.durableOperations - before.durableOperations == 64)
        #expect(after.syncedCommits - before.syncedCommits == 1)
        #expect(try await notes(folder).count == 64)
        try folder.close()
    }

    @Test("leases alone are committed without a sync")
    func leases() async throws {
        let folder = try await open()
        let before = folder.storage.writer.statistics
        _ = try await together(folder, .lease, callers: 8) { try Self.note("\($0)", $1) }
        let after = folder.storage.writer.statistics
        #expect(after.operations - before.operations == 9)
        #expect(after.commits - before.commits == 2)
        #expect(after.syncedCommits == before.syncedCommits)
        #expect(try await notes(folder).count == 8)
        try folder.close()
    }

    @Test("a durable commit runs with full syncs, a lease with none, and one follows the other")
    func synchronous() async throws {
        let folder = try await open()
        for (durability, level) in [(Writer.Durability.durable, 2), (.lease, 1), (.durable, 2)] {
            let found = try await folder.storage.writer.run(durability) {
                try Int.fetchOne($0.database, sql: "PRAGMA synchronous")
            }
            #expect(found == level)
        }
        try folder.close()
    }

    @Test("the database is set up as it should be")
    func settings() async throws {
        let folder = try await open()
        let settings = try await folder.storage.writer.run(.durable) { connection in
            try ["journal_mode", "secure_delete", "wal_autocheckpoint"].map {
                try String.fetchOne(connection.database, sql: "PRAGMA \($0)")
            }
        }
        #expect(settings == ["wal", "0", "4096"])
        try folder.close()
    }

    @Test("work that throws undoes itself and nobody else's")
    func rollsBackAlone() async throws {
        struct Refusal: Error {}
        let folder = try await open()
        let results = try await together(folder, .durable, callers: 10) { caller, connection in
            try Self.note("\(caller)", connection)
            if caller.isMultiple(of: 2) {
                let reading = try connection.statement("SELECT text FROM notes")
                _ = try reading.step()
                throw Refusal()
            }
        }
        #expect(results.count { if case .failure(let error) = $0 { error is Refusal } else { false } } == 5)
        #expect(try await notes(folder) == ["1", "3", "5", "7", "9"])
        try folder.close()
    }

    @Test("a full disk fails everybody in the transaction, and later work goes on")
    func fullDisk() async throws {
        let folder = try await open()
        let pages = try await folder.storage.writer.run(.durable) { connection in
            let used = try Int.fetchOne(connection.database, sql: "PRAGMA page_count") ?? 0
            try connection.database.execute(sql: "PRAGMA max_page_count = \(used + 4)")
            return used
        }
        let results = try await together(folder, .durable, callers: 10) { caller, connection in
            try Self.note("\(caller)" + (caller == 7 ? String(repeating: "x", count: 100_000) : ""), connection)
        }
        let messages = Set(results.map { if case .failure(let error) = $0 { "\(error)" } else { "done" } })
        let notes = try await notes(folder)
        #expect(notes.count == results.count { if case .success = $0 { true } else { false } })
        #expect(messages.contains("The database failed: database or disk is full (SQLite code 13)."))

        try await folder.storage.writer.run(.durable) { connection in
            try connection.database.execute(sql: "PRAGMA max_page_count = \(pages + 10_000)")
        }
        try await folder.storage.writer.run(.durable) { try Self.note("later", $0) }
        #expect(try await self.notes(folder).contains("later"))
        try folder.close()
    }

    @Test("a transaction that a failure has ended fails everybody in it")
    func endedTransaction() async throws {
        let folder = try await open()
        let results = try await together(folder, .durable, callers: 5) { caller, connection in
            try Self.note("\(caller)", connection)
            if caller == 2 { try connection.run("ROLLBACK") }
        }
        #expect(results.allSatisfy { if case .failure = $0 { true } else { false } })
        #expect(try await notes(folder).isEmpty)
        try await folder.storage.writer.run(.durable) { try Self.note("later", $0) }
        #expect(try await notes(folder) == ["later"])
        try folder.close()
    }

    @Test("a transaction is bounded in bytes, and what is larger goes alone", arguments: [(9, 4), (5, 2), (17, 4)])
    func bounded(_ megabytes: Int, _ transactions: Int) async throws {
        let folder = try await open()
        let before = folder.storage.writer.statistics
        let results = try await together(folder, .durable, bytes: megabytes << 20, callers: 4) { _, _ in }
        #expect(results.count == 4)
        #expect(folder.storage.writer.statistics.commits - before.commits == 1 + transactions)
        try folder.close()
    }

    @Test("what is submitted after the close is refused in words")
    func closed() async throws {
        let folder = try await open()
        try folder.close()
        let error = await #expect(throws: SQLiteFailure.self) {
            try await folder.storage.writer.run(.durable) { try Self.note("late", $0) }
        }
        #expect(error?.message == "the data folder is closed")
    }

    @Test("a read sees every write that returned before it")
    func readsOwnWrites() async throws {
        let folder = try await open()
        try await withThrowingTaskGroup { group in
            for caller in 0..<16 {
                group.addTask {
                    for round in 0..<20 {
                        let text = "\(caller)-\(round)"
                        try await folder.storage.writer.run(.lease) { try Self.note(text, $0) }
                        let count = try await folder.storage.read {
                            try Int.fetchOne($0, sql: "SELECT count(*) FROM notes WHERE text = ?", arguments: [text])
                        }
                        #expect(count == 1)
                    }
                }
            }
            try await group.waitForAll()
        }
        try folder.close()
    }
}
