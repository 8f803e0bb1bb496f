import Documents
import SpeakModel
import Testing

@Suite("document tables") struct DocumentTableTests {
    @Test("the school's tables are created once, and again without effect", arguments: Backend.available)
    func createAll(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await store.documents.put(["job_id": "j", "status": "PENDING"], into: .asyncJobStatus)
        for table in Table.allCases { try await store.documents.createTable(table.schema) }

        #expect(try await Set(store.documents.tableNames()) == Set(Table.allCases.map(\.name)))
        for table in Table.allCases {
            #expect(try await store.documents.schema(ofTable: table.name) == table.schema)
        }
        #expect(try await store.documents.get(["job_id": "j"], from: .asyncJobStatus) != nil)
    }

    @Test("a table that exists with another schema is refused", arguments: Backend.available)
    func otherSchema(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let other = TableSchema(name: "users", key: .init(partition: .init("id")))
        await #expect(throws: DocumentError.tableExists("users")) { try await store.documents.createTable(other) }
        #expect(try await store.documents.schema(ofTable: "users") == Table.users.schema)
    }

    @Test(
        "an index that is added while others write has every item", .timeLimit(.minutes(5)),
        arguments: Backend.that(.isolation))
    func indexUnderWrites(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let documents = store.documents
        try await documents.createTable(TableSchema(name: "busy", key: .init(partition: .init("id"))))
        try await withThrowingTaskGroup { group in
            for writer in 0..<8 {
                group.addTask {
                    for number in 0..<50 {
                        let item: Item = ["id": .string("\(writer)-\(number)"), "kind": "late"]
                        try await documents.write(.init(table: "busy", .put(item)))
                    }
                }
            }
            group.addTask {
                _ = try await documents.updateTable("busy") {
                    $0.schema.indexes.append(.init(name: "by-kind", key: .init(partition: .init("kind"))))
                }
            }
            try await group.waitForAll()
        }
        while try await !documents.description(ofTable: "busy").backfilling.isEmpty { await Task.yield() }
        let found = try await documents.query(.init(table: "busy", index: "by-kind", key: .init("kind", "late")))
        #expect(try found.items.count == 400)
    }

    @Test("tables and indexes that do not exist are named", arguments: Backend.that(.validation))
    func missing(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let absent = DocumentError.noSuchTable("absent")
        await #expect(throws: absent) { try await store.documents.schema(ofTable: "absent") }
        await #expect(throws: absent) { try await store.documents.get(["id": "x"], from: "absent") }
        await #expect(throws: absent) { try await store.documents.write(.init(table: "absent", .put(["id": "x"]))) }
        await #expect(throws: absent) {
            try await store.documents.transact([.init(table: "absent", .put(["id": "x"]))])
        }
        await #expect(throws: absent) { try await store.documents.scan(.init(table: "absent")) }
        await #expect(throws: absent) { try await store.documents.query(.init(table: "absent", key: .init("id", "x"))) }
        await #expect(throws: DocumentError.noSuchIndex("by-name", table: "users")) {
            try await store.documents.query(.init(table: "users", index: "by-name", key: .init("name", "x")))
        }
        await #expect(throws: DocumentError.noSuchIndex("by-name", table: "users")) {
            try await store.documents.scan(.init(table: "users", index: "by-name"))
        }
    }

    @Test(
        "a schema that no table can have is refused", arguments: Backend.available,
        [
            TableSchema(name: "x", key: .init(partition: .init("id"))),
            TableSchema(name: "a table", key: .init(partition: .init("id"))),
            TableSchema(name: "table", key: .init(partition: .init("id"), sort: .init("id"))),
            TableSchema(
                name: "table", key: .init(partition: .init("id")),
                indexes: [.init(name: "index", key: .init(partition: .init("id", .number)))]),
            TableSchema(
                name: "table", key: .init(partition: .init("id")),
                indexes: [
                    .init(name: "index", key: .init(partition: .init("a"))),
                    .init(name: "index", key: .init(partition: .init("b"))),
                ]),
        ])
    func badSchema(_ backend: Backend, _ schema: TableSchema) async throws {
        let store = try await backend.make()
        await #expect { try await store.documents.createTable(schema) } throws: { $0.isInvalid }
        #expect(try await store.documents.tableNames().isEmpty)
    }
}

extension Error {
    var isInvalid: Bool {
        if case .invalid = self as? DocumentError { true } else { false }
    }
}
