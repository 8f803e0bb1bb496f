import Documents
import SpeakModel
import Testing

@Suite("document lifetimes") struct DocumentLifetimeTests {
    private static let fiveYears: Int64 = 5 * 365 * 86_400

    @Test("only what has expired, and not too long ago, is swept", arguments: Backend.that(.sweeps))
    func sweep(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let now = store.now().epochSeconds
        let rows: [(id: String, ttl: AttributeValue?, isSwept: Bool)] = [
            ("past", .number(now - 1), true), ("now", .number(now), true), ("future", .number(now + 1), false),
            ("fraction", .number(try DocumentNumber(parsing: "\(now - 1).5")), true),
            ("coming", .number(try DocumentNumber(parsing: "\(now).5")), false),
            ("old", .number(now - Self.fiveYears), true), ("ancient", .number(now - Self.fiveYears - 1), false),
            ("milliseconds", .number(now * 1000), false), ("zero", 0, false), ("negative", -5, false),
            ("huge", .number(try DocumentNumber(parsing: "9e125")), false), ("text", .string("\(now - 1)"), false),
            ("none", nil, false),
        ]
        for row in rows {
            var item: Item = ["job_id": .string(row.id)]
            item["ttl"] = row.ttl
            try await store.documents.put(item, into: .asyncJobStatus)
        }
        // An item that has expired is there until it is swept.
        #expect(try await store.documents.get(["job_id": "past"], from: .asyncJobStatus) != nil)
        #expect(try await store.documents.sweepExpired(limit: 100) == rows.count { $0.isSwept })
        for row in rows {
            let item = try await store.documents.get(["job_id": .string(row.id)], from: .asyncJobStatus)
            #expect((item == nil) == row.isSwept, "\(row.id)")
        }
        #expect(try await store.documents.sweepExpired(limit: 100) == 0)
        try await store.wait(.seconds(1))
        #expect(try await store.documents.sweepExpired(limit: 100) == 2)
    }

    @Test("a table without a lifetime keeps everything", arguments: Backend.that(.sweeps))
    func noLifetime(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await store.documents.put(
            ["role": "tutor", "email": "t@x", "ttl": .number(store.now().epochSeconds - 9)], into: .users)
        #expect(try await store.documents.sweepExpired(limit: 100) == 0)
    }

    @Test(
        "what was given a new life is not swept, and what is swept leaves the indexes", arguments: Backend.that(.sweeps)
    )
    func renewed(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let now = store.now().epochSeconds
        for id in ["a", "b", "c"] {
            try await store.documents.put(
                ["connection_id": .string(id), "user_email": "u@x", "ttl": .number(now - 1)],
                into: .webSocketConnections)
        }
        _ = try await store.documents.update(
            ["connection_id": "a"], in: .webSocketConnections, "SET #ttl = :later", names: ["#ttl": "ttl"],
            values: [":later": .number(now + 60)])
        _ = try await store.documents.update(
            ["connection_id": "b"], in: .webSocketConnections, "REMOVE #ttl", names: ["#ttl": "ttl"])
        #expect(try await store.documents.sweepExpired(limit: 100) == 1)
        let query = DocumentQuery(
            table: Table.webSocketConnections.name, index: "user_email-index", key: .init("user_email", "u@x"))
        #expect(try await store.documents.all(query).map { $0["connection_id"] } == ["a", "b"])
    }

    @Test("sweeping stops at its limit", arguments: Backend.that(.sweeps))
    func limit(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let ttl = AttributeValue.number(store.now().epochSeconds - 1)
        for start in stride(from: 0, to: 1200, by: 100) {
            try await store.documents.transact(
                (start..<start + 100).map {
                    DocumentWrite(table: Table.asyncJobStatus.name, .put(["job_id": "j\($0)", "ttl": ttl]))
                })
        }
        #expect(try await store.documents.sweepExpired(limit: 0) == 0)
        #expect(try await store.documents.sweepExpired(limit: 1100) == 1100)
        #expect(try await store.documents.sweepExpired(limit: 1100) == 100)
    }
}
