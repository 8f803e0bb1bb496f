import Documents
import SpeakModel
import Testing

@Suite("document transactions") struct DocumentTransactionTests {
    private static let jobs = Table.asyncJobStatus.name

    private static func put(_ id: String, _ more: Item = [:], if condition: Condition? = nil) -> DocumentWrite {
        DocumentWrite(
            table: jobs, .put(more.merging(["job_id": .string(id)]) { $1 }), if: condition)
    }

    @Test("all four kinds of writes, in several tables, at once", arguments: Backend.available)
    func kinds(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await store.documents.put(["job_id": "gone"], into: .asyncJobStatus)
        try await store.documents.put(["job_id": "seen", "n": 1], into: .asyncJobStatus)
        try await store.documents.transact([
            Self.put("new", if: .notExists("job_id")),
            .init(table: Self.jobs, .delete(key: ["job_id": "gone"])),
            .init(table: Self.jobs, .check(key: ["job_id": "seen"]), if: .equals("n", 1)),
            .init(
                table: Table.dailyStatistics.name,
                .update(
                    key: ["student_email": "s@x", "date": "2025-01-24"],
                    try UpdateExpression("ADD practice_count :one", values: [":one": 1]))),
        ])
        let jobs = try await store.documents.all(DocumentScan(table: Self.jobs))
        #expect(Set(jobs) == [["job_id": "new"], ["job_id": "seen", "n": 1]])
        let day = try await store.documents.get(["student_email": "s@x", "date": "2025-01-24"], from: .dailyStatistics)
        #expect(day?["practice_count"] == 1)
    }

    @Test("one write that cannot be done undoes all, and each has its reason", arguments: Backend.that(.validation))
    func cancelled(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let held: Item = ["job_id": "held", "s": "text"]
        try await store.documents.put(held, into: .asyncJobStatus)
        let addToText = try UpdateExpression("SET s = s + :one", values: [":one": 1])
        let writes = [
            Self.put("a"), Self.put("held", ["b": 2], if: .notExists("job_id")), Self.put("c"),
            .init(table: Self.jobs, .check(key: ["job_id": "absent"]), if: .exists("job_id")),
        ]
        await #expect(
            throws: DocumentError.transactionCancelled([
                .none, .conditionFailed(old: held), .none, .conditionFailed(old: nil),
            ])
        ) {
            try await store.documents.transact(writes)
        }
        await #expect {
            try await store.documents.transact([
                Self.put("a"), .init(table: Self.jobs, .update(key: ["job_id": "held"], addToText)),
            ])
        } throws: { error in
            guard case DocumentError.transactionCancelled(let reasons) = error, case .invalid = reasons.last else {
                return false
            }
            return reasons.count == 2 && reasons.first == CancellationReason.none
        }
        #expect(try await store.documents.all(DocumentScan(table: Self.jobs)) == [held])
    }

    @Test("a write that does not fit its table has its reason beside the others", arguments: Backend.that(.validation))
    func misfits(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let misfits: [DocumentWrite.Action] = [
            .put(["a": 1]), .put(["job_id": 1]), .delete(key: ["job_id": 1]), .check(key: ["job_id": "x", "a": 1]),
            .update(key: ["job_id": "x"], .set(["job_id": "y"])),
        ]
        for misfit in misfits {
            await #expect {
                try await store.documents.transact([
                    Self.put("a"), .init(table: Self.jobs, misfit, if: .notExists("none")),
                ])
            } throws: { error in
                guard case DocumentError.transactionCancelled(let reasons) = error, case .invalid = reasons.last else {
                    return false
                }
                return reasons.count == 2 && reasons.first == CancellationReason.none
            }
        }
        #expect(try await store.documents.scan(.init(table: Self.jobs)).scannedCount == 0)
    }

    @Test(
        "a transaction tells the items before and after, also when it is repeated",
        arguments: Backend.that(.transactionResults))
    func results(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let old: Item = ["job_id": "a", "n": 1]
        try await store.documents.put(old, into: .asyncJobStatus)
        let writes = [Self.put("a"), DocumentWrite(table: Self.jobs, .delete(key: ["job_id": "b"]))]
        let token = TransactionToken(text: "token", digest: [1])
        let new: Item = ["job_id": "a"]
        #expect(
            try await store.documents.transact(writes, token: token)
                == TransactionResult(
                    writes: [.init(old: old, new: new), .init(old: nil, new: nil)], wasRepeated: false))
        #expect(
            try await store.documents.transact(writes, token: token)
                == TransactionResult(writes: [.init(old: new, new: new), .init(old: nil, new: nil)], wasRepeated: true))
    }

    @Test("1 to 100 writes, no two on one item, every check with a condition", arguments: Backend.available)
    func limits(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let tooMany = (0...100).map { Self.put("\($0)") }
        for writes in [[], tooMany, [Self.put("a"), .init(table: Self.jobs, .delete(key: ["job_id": "a"]))]] {
            await #expect { try await store.documents.transact(writes) } throws: { $0.isInvalid }
        }
        await #expect {
            try await store.documents.transact([.init(table: Self.jobs, .check(key: ["job_id": "a"]))])
        } throws: {
            $0.isInvalid
        }
        #expect(try await store.documents.scan(.init(table: Self.jobs)).scannedCount == 0)
        try await store.documents.transact(Array(tooMany.dropLast()))
        #expect(try await store.documents.scan(.init(table: Self.jobs)).scannedCount == 100)
    }

    @Test("a transaction writes at most 4 MB", arguments: Backend.that(.validation))
    func size(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let large: Item = ["result": .string(String(repeating: "x", count: 400_000))]
        await #expect { try await store.documents.transact((0..<11).map { Self.put("\($0)", large) }) } throws: {
            $0.isInvalid
        }
        #expect(try await store.documents.scan(.init(table: Self.jobs)).scannedCount == 0)
        try await store.documents.transact((0..<10).map { Self.put("\($0)", large) })
    }
}
