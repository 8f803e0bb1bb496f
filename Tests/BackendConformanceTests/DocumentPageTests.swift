import Documents
import SpeakModel
import Testing

@Suite("document pages") struct DocumentPageTests {
    /// Sessions of one student, with twins in the tutor's index: three students each second.
    private static func fill(_ store: some DocumentStore, count: Int) async throws {
        for n in 0..<count {
            try await store.put(
                [
                    "student_email": "s\(n % 3)@x", "timestamp": .string("t" + String(1000 + n / 3)),
                    "tutor_email": "t@x",
                    "n": .number(n),
                ], into: .learningSessions)
        }
    }

    private static let byTutor = DocumentQuery(
        table: Table.learningSessions.name, index: "tutor_email-timestamp-index", key: .init("tutor_email", "t@x"))
    private static let byStudent = DocumentQuery(
        table: Table.learningSessions.name, key: .init("student_email", "s1@x"))

    @Test(
        "pages of any size hold the same items in the same order", arguments: Backend.available,
        [1, 2, 7, 30, 31, 1000])
    func sizes(_ backend: Backend, _ limit: Int) async throws {
        let store = try await backend.makeWithTables()
        try await Self.fill(store.documents, count: 30)
        for forward in [true, false] {
            for query in [Self.byTutor, Self.byStudent] {
                var paged = query
                paged.forward = forward
                let whole = try await store.documents.all(paged)
                #expect(whole.count == (query.index == nil ? 10 : 30))
                paged.limit = limit
                #expect(try await store.documents.all(paged) == whole)
                let page = try await store.documents.query(paged)
                #expect(try page.items == Array(whole.prefix(limit)))
                #expect(page.scannedCount == min(limit, whole.count))
            }
        }
    }

    @Test("the last key has the keys of table and index", arguments: Backend.available)
    func lastKey(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await Self.fill(store.documents, count: 6)
        var query = Self.byTutor
        query.limit = 2
        let expected: Item = ["student_email": "s1@x", "timestamp": "t1000", "tutor_email": "t@x"]
        #expect(try await store.documents.query(query).lastKey == expected)
        query = Self.byStudent
        query.limit = 1
        #expect(try await store.documents.query(query).lastKey == ["student_email": "s1@x", "timestamp": "t1000"])
        query.limit = 100
        #expect(try await store.documents.query(query).lastKey == nil)
    }

    @Test("a page that ends at its limit does not look whether there is more", arguments: Backend.that(.validation))
    func exactLimit(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await Self.fill(store.documents, count: 6)
        var query = Self.byStudent
        query.limit = 2
        let page = try await store.documents.query(query)
        #expect(try page.items.count == 2 && page.lastKey != nil)
        query.startAfter = page.lastKey
        let rest = try await store.documents.query(query)
        #expect(try rest.items.isEmpty && rest.scannedCount == 0 && rest.lastKey == nil)
    }

    @Test(
        "a filter of a global index sees what is in it, and that is what counts", arguments: Backend.that(.validation))
    func projectedPage(_ backend: Backend) async throws {
        let store = try await backend.make()
        try await store.documents.createTable(
            TableSchema(
                name: "projected", key: .init(partition: .init("p"), sort: .init("s", .number)),
                indexes: [
                    .init(name: "global", key: .init(partition: .init("g")), projection: .keysOnly),
                    .init(
                        name: "local", key: .init(partition: .init("p"), sort: .init("l")), projection: .keysOnly,
                        isLocal: true),
                ]))
        for number in 0..<5 {
            let item: Item = [
                "p": "x", "s": .number(number), "g": "y", "l": "z", "n": .number(number),
                "large": .string(String(repeating: "x", count: 300_000)),
            ]
            try await store.documents.write(.init(table: "projected", .put(item)))
        }
        for (index, key, expected) in [("global", KeyCondition("g", "y"), 0), ("local", .init("p", "x"), 3)] {
            let page = try await store.documents.query(
                .init(table: "projected", index: index, key: key, filter: .compare("n", .less, 3)))
            #expect(page.scannedCount == 5 && page.lastKey == nil && page.scannedBytes < 500, "\(index)")
            #expect(try page.items.count == expected, "\(index)")
        }
    }

    @Test("a start that no page of the query ends at is refused", arguments: Backend.that(.validation))
    func foreignStart(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await Self.fill(store.documents, count: 6)
        var query = Self.byStudent
        query.startAfter = ["student_email": "s1@x", "timestamp": "t1000"]
        for condition in [KeyCondition.Sort.greater("t1000"), .less("t1000"), .equal("t1"), .between("t1001", "t2")] {
            query.key = KeyCondition("student_email", "s1@x", sort: .init("timestamp", condition))
            await #expect(
                throws: DocumentError.invalid("The provided starting key does not match the range key predicate")
            ) {
                try await store.documents.query(query)
            }
        }
        for condition in [KeyCondition.Sort.greaterOrEqual("t1000"), .lessOrEqual("t1000"), .beginsWith("t1")] {
            query.key = KeyCondition("student_email", "s1@x", sort: .init("timestamp", condition))
            #expect(try await store.documents.query(query).lastKey == nil)
        }
        var refusedCount = 0
        for number in 0..<3 {
            let scan = DocumentScan(
                table: Table.learningSessions.name, startAfter: query.startAfter,
                segment: .init(number: number, count: 3))
            do { _ = try await store.documents.scan(scan) } catch  where error.isInvalid { refusedCount += 1 }
        }
        #expect(refusedCount == 2)
    }

    @Test("a page goes on where its key says, though that item be gone", arguments: Backend.available)
    func deletedStart(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await Self.fill(store.documents, count: 30)
        var query = Self.byTutor
        query.limit = 10
        let first = try await store.documents.query(query)
        let last = try #require(first.lastKey)
        let key = last.filter { $0.key != "tutor_email" }
        try await store.documents.write(.init(table: Table.learningSessions.name, .delete(key: key)))
        query.startAfter = last
        #expect(try await store.documents.query(query).items.map { $0["n"]?.int } == Array(10..<20))
    }

    @Test("a filter drops items after they were counted", arguments: Backend.available)
    func filter(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await Self.fill(store.documents, count: 30)
        var query = try DocumentQuery(
            table: Table.learningSessions.name, index: "tutor_email-timestamp-index",
            keyConditionExpression: "tutor_email = :t", filterExpression: "n >= :n", values: [":t": "t@x", ":n": 15],
            limit: 20)
        let page = try await store.documents.query(query)
        #expect(page.scannedCount == 20)
        #expect(try page.items.map { $0["n"]?.int } == Array(15..<20))
        query.limit = 10
        let nothing = try await store.documents.query(query)
        #expect(try nothing.items.isEmpty && nothing.scannedCount == 10 && nothing.lastKey != nil)
        #expect(try await store.documents.all(query).map { $0["n"]?.int } == Array(15..<30))
    }

    @Test("a page has at most 1 MiB", arguments: Backend.available)
    func megabyte(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        for n in 0..<8 {
            try await store.documents.put(
                [
                    "sessionId": "s", "sentenceIndex": .number(n),
                    "text": .string(String(repeating: "x", count: 300_000)),
                ],
                into: .sentenceAudio)
        }
        var query = DocumentQuery(table: Table.sentenceAudio.name, key: .init("sessionId", "s"))
        let page = try await store.documents.query(query)
        #expect(try page.items.count == 3)
        #expect(page.lastKey == ["sessionId": "s", "sentenceIndex": 2])
        query.startAfter = page.lastKey
        #expect(try await store.documents.query(query).items.first?["sentenceIndex"] == 3)
        query.startAfter = nil
        #expect(try await store.documents.all(query).map { $0["sentenceIndex"]?.int } == Array(0..<8))
    }

    @Test("a scan finds every item of a table once, and of an index those that are in it", arguments: Backend.available)
    func scan(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        try await Self.fill(store.documents, count: 30)
        try await store.documents.put(["student_email": "s0@x", "timestamp": "z", "n": 30], into: .learningSessions)
        for limit in [nil, 1, 4] {
            var scan = DocumentScan(table: Table.learningSessions.name, limit: limit)
            #expect(try await store.documents.all(scan).compactMap { $0["n"]?.int }.sorted() == Array(0...30))
            scan.index = "tutor_email-timestamp-index"
            #expect(try await store.documents.all(scan).compactMap { $0["n"]?.int }.sorted() == Array(0..<30))
            scan.filter = .compare("n", .less, 5)
            #expect(try await store.documents.all(scan).compactMap { $0["n"]?.int }.sorted() == Array(0..<5))
        }
    }

    @Test("keys and limits that make no sense are refused", arguments: Backend.that(.validation))
    func refused(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let starts: [Item] = [
            [:], ["student_email": "s1@x"], ["student_email": "s1@x", "timestamp": 1],
            ["student_email": "s1@x", "timestamp": "t", "n": 1], ["student_email": "s2@x", "timestamp": "t"],
        ]
        for start in starts {
            var query = Self.byStudent
            query.startAfter = start
            await #expect { try await store.documents.query(query) } throws: { $0.isInvalid }
        }
        for limit in [0, -1] {
            var query = Self.byStudent
            query.limit = limit
            await #expect { try await store.documents.query(query) } throws: { $0.isInvalid }
            await #expect { try await store.documents.scan(.init(table: "users", limit: limit)) } throws: {
                $0.isInvalid
            }
        }
        let conditions: [KeyCondition] = [
            .init("timestamp", "t"), .init("student_email", 1),
            .init("student_email", "s", sort: .init("n", .equal(1))),
            .init("student_email", "s", sort: .init("timestamp", .less(1))),
            .init("student_email", "s", sort: .init("timestamp", .between("b", "a"))),
        ]
        for condition in conditions {
            await #expect {
                try await store.documents.query(.init(table: Table.learningSessions.name, key: condition))
            } throws: {
                $0.isInvalid
            }
        }
    }
}
