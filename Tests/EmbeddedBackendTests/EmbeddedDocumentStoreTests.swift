import Documents
import EmbeddedBackend
import Foundation
import GRDB
import SpeakModel
import Testing

@Suite("embedded documents")
struct EmbeddedDocumentStoreTests {
    let temporary = TemporaryFolder()

    private static let row: Item = [
        "request_id": "r", "created_at": "2025", "tutor_email_status": "t@x#PENDING", "ttl": 1_740_391_200,
        "score": .number(DocumentNumber("87.50") ?? 0),
    ]

    @Test("items, tables and indexes are there again after the folder was opened anew")
    func reopens() async throws {
        let folder = try DataFolder.open(temporary.path)
        try await folder.documents.createTable(Table.tutorRequests.schema)
        try await folder.documents.write(.init(table: Table.tutorRequests.name, .put(Self.row)))
        try folder.close()

        let again = try DataFolder.open(temporary.path)
        #expect(try await again.documents.schema(ofTable: Table.tutorRequests.name) == Table.tutorRequests.schema)
        let query = DocumentQuery(
            table: Table.tutorRequests.name, index: "tutor_email_status-created_at-index",
            key: .init("tutor_email_status", "t@x#PENDING"))
        #expect(try await again.documents.query(query).items == [Self.row])
        try again.close()
    }

    @Test("an item is kept as DynamoDB JSON, with its expiry beside it")
    func stored() async throws {
        let folder = try DataFolder.open(temporary.path)
        try await folder.documents.createTable(Table.tutorRequests.schema)
        try await folder.documents.write(.init(table: Table.tutorRequests.name, .put(Self.row)))
        let stored = try await folder.storage.read { database in
            let row = try Row.fetchOne(database, sql: "SELECT item, expires_at FROM documents")
            return row.map { ($0["item"] as String, $0["expires_at"] as Int64) }
        }
        #expect(
            stored?.0 == """
                {"created_at":{"S":"2025"},"request_id":{"S":"r"},"score":{"N":"87.5"},\
                "ttl":{"N":"1740391200"},"tutor_email_status":{"S":"t@x#PENDING"}}
                """)
        #expect(stored?.1 == 1_740_391_200)
        try folder.close()
    }

    @Test(
        "an index that was being filled when the folder was closed is filled by the next owner", .timeLimit(.minutes(1))
    )
    func resumedBackfill() async throws {
        let folder = try DataFolder.open(temporary.path)
        try await folder.documents.createTable(TableSchema(name: "many", key: .init(partition: .init("id"))))
        for batch in 0..<50 {
            try await folder.documents.transact(
                (0..<100).map { number in
                    .init(table: "many", .put(["id": .string("\(batch)-\(number)"), "kind": "old"]))
                })
        }
        _ = try await folder.documents.updateTable("many") {
            $0.schema.indexes.append(.init(name: "by-kind", key: .init(partition: .init("kind"))))
        }
        try folder.close()

        let again = try DataFolder.open(temporary.path)
        let query = DocumentQuery(table: "many", index: "by-kind", key: .init("kind", "old"))
        #expect(try await again.documents.description(ofTable: "many").backfilling == ["by-kind"])
        await #expect(throws: DocumentError.indexIsBackfilling("by-kind")) { try await again.documents.query(query) }
        try await again.documents.resumeBackfilling()
        while try await !again.documents.description(ofTable: "many").backfilling.isEmpty { await Task.yield() }
        #expect(try await again.documents.query(query).stored.count == 5000)
        try again.close()
    }

    @Test("items of a folder that did not keep sizes have theirs", arguments: [nil, 7])
    func sizes(limit: Int?) async throws {
        let folder = try DataFolder.open(temporary.path)
        try await folder.documents.createTable(Table.tutorRequests.schema)
        try await folder.documents.write(.init(table: Table.tutorRequests.name, .put(Self.row)))
        let scan = DocumentScan(table: Table.tutorRequests.name, limit: limit)
        let kept = try await folder.documents.scan(scan)
        try await folder.storage.writer.run(.durable) { try $0.run("UPDATE documents SET size = NULL") }
        let reckoned = try await folder.documents.scan(scan)
        #expect(kept.scannedBytes == Self.row.sizeInBytes && reckoned.scannedBytes == kept.scannedBytes)
        #expect(try kept.items == [Self.row] && reckoned.items == [Self.row])
        try folder.close()
    }

    @Test("a closed folder refuses writes and reads")
    func closed() async throws {
        let folder = try DataFolder.open(temporary.path)
        try await folder.documents.createTable(Table.users.schema)
        try folder.close()
        let user: Item = ["role": "tutor", "email": "t@x"]
        for body in [
            { _ = try await folder.documents.get(user, from: "users") },
            { try await folder.documents.write(.init(table: "users", .put(user))) },
        ] as [() async throws -> Void] {
            await #expect {
                try await body()
            } throws: { error in
                if case .unavailable = error as? DocumentError { true } else { false }
            }
        }
    }

    @Test("concurrent writers share commits")
    func groupCommit() async throws {
        let folder = try DataFolder.open(temporary.path)
        try await folder.documents.createTable(Table.asyncJobStatus.schema)
        let before = folder.storage.writer.statistics
        try await withThrowingTaskGroup { group in
            for n in 0..<256 {
                group.addTask {
                    _ = try await folder.documents.write(
                        .init(table: Table.asyncJobStatus.name, .put(["job_id": "j\(n)"])))
                }
            }
            try await group.waitForAll()
        }
        let after = folder.storage.writer.statistics
        #expect(after.durableOperations - before.durableOperations == 256)
        #expect(after.syncedCommits - before.syncedCommits < 256)
        try folder.close()
    }
}
