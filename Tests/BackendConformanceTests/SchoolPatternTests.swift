import Documents
import SpeakModel
import Testing

/// Every way in which the school's table description says that a table is read.
@Suite("the school's query patterns") struct SchoolPatternTests {
    /// A key condition and the rows that it must find, by their `n`, in order.
    struct Pattern: Sendable, CustomTestStringConvertible {
        let table: Table
        var index: String?
        let expression: String
        let values: Item
        let found: [Int]

        var testDescription: String { "\(table.name) \(index ?? "") \(expression)" }
    }

    /// The rows of each table, each with the place `n` where it stands here.
    private static let rows: [Table: [Item]] = [
        .users: [
            ["role": "student", "email": "s1@x"], ["role": "student", "email": "s2@x"],
            ["role": "tutor", "email": "t1@x"],
        ],
        .tutorStudents: [
            ["tutor_email": "t1@x", "student_email": "s1@x"], ["tutor_email": "t1@x", "student_email": "s2@x"],
            ["tutor_email": "t2@x", "student_email": "s2@x"],
        ],
        .tutorRequests: [
            [
                "request_id": "r1", "created_at": "2025-01-03", "student_email": "s1@x",
                "tutor_email_status": "t1@x#PENDING",
            ],
            [
                "request_id": "r2", "created_at": "2025-01-01", "student_email": "s1@x",
                "tutor_email_status": "t1@x#PENDING",
            ],
            [
                "request_id": "r3", "created_at": "2025-01-02", "student_email": "s2@x",
                "tutor_email_status": "t1@x#REJECTED",
            ],
        ],
        .learningSessions: [
            ["student_email": "s1@x", "timestamp": "2025-01-01T10", "tutor_email": "t1@x"],
            ["student_email": "s1@x", "timestamp": "2025-01-02T10"],
            ["student_email": "s1@x", "timestamp": "2025-01-03T10", "tutor_email": "t1@x"],
            ["student_email": "s2@x", "timestamp": "2025-01-02T09", "tutor_email": "t1@x"],
        ],
        .dailyStatistics: [
            ["student_email": "s1@x", "date": "2025-01-31"], ["student_email": "s1@x", "date": "2025-02-01"],
            ["student_email": "s1@x", "date": "2025-02-02"],
        ],
        .aiConversations: [
            ["student_email": "s1@x", "timestamp": "1", "conversation_id": "c1"],
            ["student_email": "s1@x", "timestamp": "2", "conversation_id": "c2"],
            ["student_email": "s2@x", "timestamp": "1", "conversation_id": "c1"],
        ],
        .feedbackMessages: [
            ["composite_key": "t1@x#s1@x", "timestamp": "2", "student_email": "s1@x"],
            ["composite_key": "t1@x#s1@x", "timestamp": "1", "student_email": "s1@x"],
            ["composite_key": "t2@x#s1@x", "timestamp": "3", "student_email": "s1@x"],
        ],
        .webSocketConnections: [
            ["connection_id": "w1", "user_email": "s1@x"],
            ["connection_id": "w2", "user_email": "t1@x", "tutor_email": "t1@x"],
            ["connection_id": "w3", "user_email": "s1@x", "tutor_email": "t1@x"],
        ],
        .asyncJobStatus: [["job_id": "j1"], ["job_id": "j10"]],
        .sentenceAudio: [
            ["sessionId": "a", "sentenceIndex": 0], ["sessionId": "a", "sentenceIndex": 2],
            ["sessionId": "a", "sentenceIndex": 10], ["sessionId": "b", "sentenceIndex": 1],
        ],
        .pronunciationResults: [
            ["student_email": "s1@x", "timestamp": "2025-01-01"], ["student_email": "s1@x", "timestamp": "2025-01-02"],
        ],
        .notifications: [
            ["user_email": "s1@x", "notification_id_timestamp": "n1#2", "is_read_created_at": "false#2"],
            ["user_email": "s1@x", "notification_id_timestamp": "n2#1", "is_read_created_at": "false#1"],
            ["user_email": "s1@x", "notification_id_timestamp": "n3#3", "is_read_created_at": "true#3"],
        ],
    ]

    static let patterns: [Pattern] = [
        .init(table: .users, expression: "#role = :a", values: [":a": "student"], found: [0, 1]),
        .init(
            table: .users, expression: "#role = :a AND email = :b", values: [":a": "tutor", ":b": "t1@x"], found: [2]),
        .init(table: .tutorStudents, expression: "tutor_email = :a", values: [":a": "t1@x"], found: [0, 1]),
        .init(
            table: .tutorStudents, index: "student_email-index", expression: "student_email = :a",
            values: [":a": "s2@x"],
            found: [1, 2]),
        .init(
            table: .tutorStudents, expression: "tutor_email = :a AND student_email = :b",
            values: [":a": "t2@x", ":b": "s2@x"],
            found: [2]),
        .init(table: .tutorRequests, expression: "request_id = :a", values: [":a": "r2"], found: [1]),
        .init(
            table: .tutorRequests, index: "student_email-created_at-index", expression: "student_email = :a",
            values: [":a": "s1@x"], found: [1, 0]),
        .init(
            table: .tutorRequests, index: "tutor_email_status-created_at-index", expression: "tutor_email_status = :a",
            values: [":a": "t1@x#PENDING"], found: [1, 0]),
        .init(table: .learningSessions, expression: "student_email = :a", values: [":a": "s1@x"], found: [0, 1, 2]),
        .init(
            table: .learningSessions, index: "tutor_email-timestamp-index", expression: "tutor_email = :a",
            values: [":a": "t1@x"], found: [0, 3, 2]),
        .init(
            table: .learningSessions, expression: "student_email = :a AND #timestamp BETWEEN :b AND :c",
            values: [":a": "s1@x", ":b": "2025-01-02", ":c": "2025-01-03T10"], found: [1, 2]),
        .init(
            table: .dailyStatistics, expression: "student_email = :a AND #date = :b",
            values: [":a": "s1@x", ":b": "2025-02-01"], found: [1]),
        .init(
            table: .dailyStatistics, expression: "student_email = :a AND #date BETWEEN :b AND :c",
            values: [":a": "s1@x", ":b": "2025-02-01", ":c": "2025-02-28"], found: [1, 2]),
        .init(table: .aiConversations, expression: "student_email = :a", values: [":a": "s1@x"], found: [0, 1]),
        .init(
            table: .aiConversations, index: "conversation_id-index", expression: "conversation_id = :a",
            values: [":a": "c1"], found: [0, 2]),
        .init(table: .feedbackMessages, expression: "composite_key = :a", values: [":a": "t1@x#s1@x"], found: [1, 0]),
        .init(
            table: .feedbackMessages, index: "student_email-timestamp-index", expression: "student_email = :a",
            values: [":a": "s1@x"], found: [1, 0, 2]),
        .init(table: .webSocketConnections, expression: "connection_id = :a", values: [":a": "w2"], found: [1]),
        .init(
            table: .webSocketConnections, index: "user_email-index", expression: "user_email = :a",
            values: [":a": "s1@x"],
            found: [0, 2]),
        .init(
            table: .webSocketConnections, index: "tutor_email-index", expression: "tutor_email = :a",
            values: [":a": "t1@x"], found: [1, 2]),
        .init(table: .asyncJobStatus, expression: "job_id = :a", values: [":a": "j1"], found: [0]),
        .init(table: .sentenceAudio, expression: "sessionId = :a", values: [":a": "a"], found: [0, 1, 2]),
        .init(
            table: .sentenceAudio, expression: "sessionId = :a AND sentenceIndex = :b", values: [":a": "a", ":b": 10],
            found: [2]),
        .init(table: .pronunciationResults, expression: "student_email = :a", values: [":a": "s1@x"], found: [0, 1]),
        .init(
            table: .pronunciationResults, expression: "student_email = :a AND #timestamp = :b",
            values: [":a": "s1@x", ":b": "2025-01-02"], found: [1]),
        .init(table: .notifications, expression: "user_email = :a", values: [":a": "s1@x"], found: [0, 1, 2]),
        .init(
            table: .notifications, index: "user_email-is_read-created_at-index",
            expression: "user_email = :a AND begins_with(is_read_created_at, :b)",
            values: [":a": "s1@x", ":b": "false#"], found: [1, 0]),
    ]

    @Test("each pattern finds its rows in order, and backward in the other", arguments: Backend.available, patterns)
    func pattern(_ backend: Backend, _ pattern: Pattern) async throws {
        let store = try await backend.make()
        try await store.documents.createTable(pattern.table.schema)
        for (n, row) in (Self.rows[pattern.table] ?? []).enumerated().reversed() {
            try await store.documents.put(row.merging(["n": .number(n)]) { $1 }, into: pattern.table)
        }
        let reserved = ["#role": "role", "#date": "date", "#timestamp": "timestamp"]
        var query = try DocumentQuery(
            table: pattern.table.name, index: pattern.index, keyConditionExpression: pattern.expression,
            names: reserved.filter { pattern.expression.contains($0.key) }, values: pattern.values)
        #expect(try await store.documents.all(query).map { $0["n"]?.int } == pattern.found)
        query.forward = false
        // Items of one index key have no order of DynamoDB's, so only a sort key's order turns round.
        let hasOrder =
            query.index.flatMap { pattern.table.schema.index(named: $0) }?.key.sort != nil || query.index == nil
        let found = try await store.documents.all(query).compactMap { $0["n"]?.int }
        #expect(hasOrder ? found == pattern.found.reversed() : Set(found) == Set(pattern.found))
    }

    @Test("there is a pattern for every table and every index")
    func complete() {
        for table in Table.allCases {
            #expect(Self.patterns.contains { $0.table == table })
            for index in table.schema.indexes {
                #expect(Self.patterns.contains { $0.table == table && $0.index == index.name }, "\(index.name)")
            }
        }
    }
}
