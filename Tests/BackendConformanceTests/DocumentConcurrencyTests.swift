import Documents
import SpeakModel
import TestSupport
import Testing

@Suite("documents under concurrency") struct DocumentConcurrencyTests {
    @Test("no increment is lost", arguments: Backend.that(.isolation))
    func increments(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let add = try UpdateExpression("ADD practice_count :one", values: [":one": 1])
        let key: Item = ["student_email": "s@x", "date": "2025-01-24"]
        try await withThrowingTaskGroup { group in
            for _ in 0..<64 {
                group.addTask {
                    for _ in 0..<8 {
                        try await store.documents.write(.init(table: "daily-statistics", .update(key: key, add)))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.documents.get(key, from: .dailyStatistics)?["practice_count"] == 512)
    }

    @Test("optimistic writers who read, decide and retry lose nothing", arguments: Backend.that(.isolation))
    func optimistic(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await store.documents.put(["job_id": "j", "n": 0], into: .asyncJobStatus)
        try await withThrowingTaskGroup { group in
            for _ in 0..<64 {
                group.addTask { try await Self.increment(store.documents) }
            }
            try await group.waitForAll()
        }
        #expect(try await store.documents.get(["job_id": "j"], from: .asyncJobStatus)?["n"] == 64)
    }

    private static func increment(_ store: any DocumentStore) async throws {
        while true {
            let old = try #require(try await store.get(["job_id": "j"], from: .asyncJobStatus)?["n"]?.int)
            do {
                return try await store.put(
                    ["job_id": "j", "n": .number(old + 1)], into: .asyncJobStatus, if: .equals("n", .number(old)))
            } catch DocumentError.conditionFailed {
                continue
            }
        }
    }

    @Test(
        "transfers between accounts keep the sum, and no account goes below zero", arguments: Backend.that(.isolation))
    func transfers(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let accounts = 8
        for n in 0..<accounts {
            try await store.documents.put(["job_id": "a\(n)", "balance": 10], into: .asyncJobStatus)
        }
        let refusedCount = try await withThrowingTaskGroup { group in
            for task in 0..<64 {
                group.addTask {
                    var generator = SeededGenerator(seed: UInt64(task))
                    var refusedCount = 0
                    for _ in 0..<10 {
                        let from = Int.random(in: 0..<accounts, using: &generator)
                        let to = (from + Int.random(in: 1..<accounts, using: &generator)) % accounts
                        let amount = Int.random(in: 1...9, using: &generator)
                        refusedCount += try await Self.transfer(amount, from, to, store.documents) ? 0 : 1
                    }
                    return refusedCount
                }
            }
            // Meanwhile every page is one moment: the sum never differs.
            for _ in 0..<20 {
                let page = try await store.documents.scan(.init(table: Table.asyncJobStatus.name))
                #expect(try page.items.compactMap { $0["balance"]?.int }.reduce(0, +) == accounts * 10)
            }
            return try await group.reduce(0) { $0 + $1 }
        }
        let balances = try await store.documents.all(DocumentScan(table: Table.asyncJobStatus.name))
            .compactMap { $0["balance"]?.int }
        #expect(balances.reduce(0, +) == accounts * 10)
        #expect(balances.allSatisfy { $0 >= 0 })
        #expect(refusedCount > 0, "some transfer should have met an empty account")
    }

    /// - Returns: False where there was not enough.
    private static func transfer(_ amount: Int, _ from: Int, _ to: Int, _ store: any DocumentStore) async throws -> Bool
    {
        func change(_ account: Int, by amount: Int, if condition: Condition?) throws -> DocumentWrite {
            let add = try UpdateExpression("ADD balance :n", values: [":n": .number(amount)])
            return DocumentWrite(
                table: Table.asyncJobStatus.name, .update(key: ["job_id": "a\(account)"], add), if: condition)
        }
        do {
            try await store.transact([
                change(from, by: -amount, if: .compare("balance", .greaterOrEqual, .number(amount))),
                change(to, by: amount, if: nil),
            ])
            return true
        } catch DocumentError.transactionCancelled(let reasons) {
            guard case .conditionFailed = reasons.first else { throw DocumentError.transactionCancelled(reasons) }
            return false
        }
    }

    @Test("a reader sees what its own writes returned", arguments: Backend.available)
    func readYourWrites(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await withThrowingTaskGroup { group in
            for task in 0..<16 {
                group.addTask {
                    for n in 0..<10 {
                        let row: Item = ["connection_id": "c\(task)", "user_email": "u\(task)-\(n)@x"]
                        try await store.documents.put(row, into: .webSocketConnections)
                        let found = try await store.documents.query(
                            .init(
                                table: Table.webSocketConnections.name, index: "user_email-index",
                                key: .init("user_email", "u\(task)-\(n)@x")))
                        #expect(try found.items == [row])
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
