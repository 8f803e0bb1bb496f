import Documents
import SpeakModel
import Testing

@Suite("document writes") struct DocumentWriteTests {
    private static let job: Item = ["job_id": "j-1"]

    @Test("an item comes back as it was put, every type of it", arguments: Backend.available)
    func roundTrip(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let item: Item = [
            "sessionId": "s", "sentenceIndex": 0, "english": "Hello \"you\" \u{0}\n\\", "korean": "안녕하세요 👋",
            "exact": .number(try DocumentNumber(parsing: "0.1234567890123456789012345678901234567")),
            "empty": "", "bytes": .binary([0, 255, 128]), "flag": false, "nothing": .null,
            "list": [1, "two", [], .map([:])],
            "map": ["a": ["b": .null]], "strings": .stringSet(["b", "a"]), "numbers": .numberSet([1, 2]),
            "binaries": .binarySet([[], [1]]),
        ]
        try await store.documents.put(item, into: .sentenceAudio)
        let key: Item = ["sessionId": "s", "sentenceIndex": .number(try DocumentNumber(parsing: "0.0"))]
        #expect(try await store.documents.get(key, from: .sentenceAudio) == item)
        #expect(try await store.documents.get(["sessionId": "s", "sentenceIndex": 1], from: .sentenceAudio) == nil)
    }

    @Test("put replaces the whole item and tells both", arguments: Backend.available)
    func replace(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        func put(_ item: Item) async throws -> WriteResult {
            try await store.documents.write(.init(table: Table.asyncJobStatus.name, .put(item)))
        }
        let (first, second): (Item, Item) = (["job_id": "j-1", "a": 1], ["job_id": "j-1", "b": 2])
        #expect(try await put(first) == WriteResult(old: nil, new: first))
        #expect(try await put(second) == WriteResult(old: first, new: second))
        #expect(try await put(second) == WriteResult(old: second, new: second))
        #expect(try await store.documents.get(Self.job, from: .asyncJobStatus) == second)
    }

    @Test("delete tells what went, and minds nothing absent", arguments: Backend.available)
    func delete(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await store.documents.put(["job_id": "j-1", "a": 1], into: .asyncJobStatus)
        let delete = DocumentWrite(table: Table.asyncJobStatus.name, .delete(key: Self.job))
        #expect(try await store.documents.write(delete) == WriteResult(old: ["job_id": "j-1", "a": 1], new: nil))
        #expect(try await store.documents.write(delete) == WriteResult(old: nil, new: nil))
        #expect(try await store.documents.get(Self.job, from: .asyncJobStatus) == nil)
    }

    @Test("update makes an item or changes it", arguments: Backend.available)
    func update(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let made = try await store.documents.update(
            Self.job, in: .asyncJobStatus, "SET #s = :p ADD attempts :one", names: ["#s": "status"],
            values: [":p": "PENDING", ":one": 1])
        #expect(made == WriteResult(old: nil, new: ["job_id": "j-1", "status": "PENDING", "attempts": 1]))
        let changed = try await store.documents.update(
            Self.job, in: .asyncJobStatus, "ADD attempts :one REMOVE #s", names: ["#s": "status"], values: [":one": 1])
        #expect(changed.new == ["job_id": "j-1", "attempts": 2])
        #expect(try await store.documents.get(Self.job, from: .asyncJobStatus) == changed.new)
    }

    @Test("an update that only removes makes no item", arguments: Backend.that(.validation))
    func onlyRemoves(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        for expression in ["REMOVE a", "REMOVE a.b", "REMOVE a[0], c"] {
            let result = try await store.documents.update(Self.job, in: .asyncJobStatus, expression)
            #expect(result == WriteResult(old: nil, new: nil))
        }
        #expect(try await store.documents.get(Self.job, from: .asyncJobStatus) == nil)
        let empty = DocumentWrite(table: Table.asyncJobStatus.name, .update(key: Self.job, UpdateExpression()))
        #expect(try await store.documents.write(empty).new == Self.job)
    }

    @Test("a write whose condition fails writes nothing and tells the item", arguments: Backend.available)
    func conditions(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let done: Item = ["job_id": "j-1", "status": "COMPLETED"]
        try await store.documents.put(done, into: .asyncJobStatus, if: .notExists("job_id"))
        let notDone: Condition = .compare("status", .notEqual, "COMPLETED")
        let actions: [DocumentWrite.Action] = [
            .put(["job_id": "j-1", "status": "PENDING"]), .update(key: Self.job, .set(["status": "FAILED"])),
            .delete(key: Self.job), .check(key: Self.job),
        ]
        for action in actions {
            await #expect(throws: DocumentError.conditionFailed(old: done)) {
                try await store.documents.write(.init(table: Table.asyncJobStatus.name, action, if: notDone))
            }
        }
        await #expect(throws: DocumentError.conditionFailed(old: nil)) {
            try await store.documents.put(["job_id": "j-2"], into: .asyncJobStatus, if: .exists("job_id"))
        }
        #expect(try await store.documents.all(DocumentScan(table: Table.asyncJobStatus.name)) == [done])
    }

    @Test(
        "items without a proper key are refused", arguments: Backend.that(.validation),
        [
            ["sentenceIndex": 1], ["sessionId": "s"], ["sessionId": 1, "sentenceIndex": 1],
            ["sessionId": "s", "sentenceIndex": "1"], ["sessionId": "", "sentenceIndex": 1],
            ["sessionId": .string(String(repeating: "x", count: 2049)), "sentenceIndex": 1],
        ] as [Item])
    func badKeys(_ backend: Backend, _ key: Item) async throws {
        let store = try await backend.makeWithTables()
        let table = Table.sentenceAudio.name
        await #expect { try await store.documents.write(.init(table: table, .put(key))) } throws: { $0.isInvalid }
        await #expect { try await store.documents.write(.init(table: table, .delete(key: key))) } throws: {
            $0.isInvalid
        }
        await #expect { try await store.documents.get(key, from: table) } throws: { $0.isInvalid }
    }

    @Test("a key has its attributes and no others, and has its limits", arguments: Backend.available)
    func keyLimits(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        await #expect { try await store.documents.get(["job_id": "j", "a": 1], from: .asyncJobStatus) } throws: {
            $0.isInvalid
        }
        func row(_ partitionBytes: Int, _ sortBytes: Int) -> Item {
            [
                "student_email": .string(String(repeating: "p", count: partitionBytes)),
                "date": .string(String(repeating: "s", count: sortBytes)),
            ]
        }
        try await store.documents.put(row(2048, 1024), into: .dailyStatistics)
        #expect(try await store.documents.get(row(2048, 1024), from: .dailyStatistics) != nil)
        await #expect { try await store.documents.put(row(1, 1025), into: .dailyStatistics) } throws: { $0.isInvalid }
        await #expect { try await store.documents.put(row(2049, 1), into: .dailyStatistics) } throws: { $0.isInvalid }
    }

    @Test("a key attribute cannot be changed", arguments: Backend.available)
    func keyChange(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        await #expect {
            try await store.documents.update(Self.job, in: .asyncJobStatus, "SET job_id = :j", values: [":j": "x"])
        } throws: {
            $0.isInvalid
        }
        #expect(try await store.documents.get(Self.job, from: .asyncJobStatus) == nil)
    }

    @Test("an item has at most 400 KB, however it comes to be", arguments: Backend.that(.validation))
    func itemLimit(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        func item(_ bytes: Int) -> Item {
            ["job_id": "j-1", "result": .string(String(repeating: "x", count: bytes - "job_idj-1result".utf8.count))]
        }
        try await store.documents.put(item(409_600), into: .asyncJobStatus)
        await #expect { try await store.documents.put(item(409_601), into: .asyncJobStatus) } throws: { $0.isInvalid }
        await #expect {
            try await store.documents.update(Self.job, in: .asyncJobStatus, "SET a = :a", values: [":a": "b"])
        } throws: {
            $0.isInvalid
        }
        #expect(try await store.documents.get(Self.job, from: .asyncJobStatus) == item(409_600))
    }

    @Test("what an item cannot hold is refused", arguments: Backend.that(.validation))
    func badItems(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        var deep: AttributeValue = "leaf"
        for _ in 0..<33 { deep = [deep] }
        for value in [AttributeValue.stringSet([]), deep] {
            await #expect {
                try await store.documents.put(["job_id": "j", "a": value], into: .asyncJobStatus)
            } throws: {
                $0.isInvalid
            }
        }
        await #expect {
            try await store.documents.update(
                Self.job, in: .asyncJobStatus, "SET n = :a + :b",
                values: [
                    ":a": .number(try DocumentNumber(parsing: "9e125")),
                    ":b": .number(try DocumentNumber(parsing: "9e125")),
                ])
        } throws: {
            $0.isInvalid
        }
        #expect(try await store.documents.scan(.init(table: Table.asyncJobStatus.name)).scannedCount == 0)
    }

    @Test("an index's key attribute has the index's type, or is absent", arguments: Backend.that(.validation))
    func indexKeys(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        func row(_ email: AttributeValue?) -> Item {
            var row: Item = ["connection_id": "c"]
            row["user_email"] = email
            return row
        }
        let query = DocumentQuery(
            table: Table.webSocketConnections.name, index: "user_email-index", key: .init("user_email", "u@x"))
        for email in [5, "", .null, true] as [AttributeValue] {
            await #expect { try await store.documents.put(row(email), into: .webSocketConnections) } throws: {
                $0.isInvalid
            }
            await #expect {
                try await store.documents.update(
                    ["connection_id": "c"], in: .webSocketConnections, "SET user_email = :e", values: [":e": email])
            } throws: {
                $0.isInvalid
            }
        }
        // Sparse: in the index with the attribute, out of it without.
        try await store.documents.put(row(nil), into: .webSocketConnections)
        #expect(try await store.documents.all(query).isEmpty)
        try await store.documents.put(row("u@x"), into: .webSocketConnections)
        #expect(try await store.documents.all(query) == [row("u@x")])
        _ = try await store.documents.update(["connection_id": "c"], in: .webSocketConnections, "REMOVE user_email")
        #expect(try await store.documents.all(query).isEmpty)
        try await store.documents.put(row("u@x"), into: .webSocketConnections)
        try await store.documents.put(row("v@x"), into: .webSocketConnections)
        #expect(try await store.documents.all(query).isEmpty)
        try await store.documents.put(row("u@x"), into: .webSocketConnections)
        try await store.documents.write(.init(table: "websocket-connections", .delete(key: ["connection_id": "c"])))
        #expect(try await store.documents.all(query).isEmpty)
    }
}
