import Documents
import SpeakModel
import Testing

/// The queries and the transaction that the school's table description shows, word for word.
@Suite("the school's examples") struct SchoolExampleTests {
    private static let (tutor, student): (AttributeValue, AttributeValue) = ("tutor@example.com", "student@example.com")

    @Test("1. the students of a tutor", arguments: Backend.available)
    func studentsOfTutor(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let rows: [Item] = [
            ["tutor_email": Self.tutor, "student_email": "a@example.com", "status": "active"],
            ["tutor_email": Self.tutor, "student_email": "b@example.com", "room": "practice"],
        ]
        for row in rows.reversed() { try await store.documents.put(row, into: .tutorStudents) }
        try await store.documents.put(
            ["tutor_email": "tutor@example.co", "student_email": "c@example.com"], into: .tutorStudents)

        let query = try DocumentQuery(
            table: "tutor-students", keyConditionExpression: "tutor_email = :tutor", values: [":tutor": Self.tutor])
        #expect(try await store.documents.all(query) == rows)
    }

    @Test("2. the tutor of a student", arguments: Backend.available)
    func tutorOfStudent(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let row: Item = ["tutor_email": Self.tutor, "student_email": Self.student, "request_id": "r-1"]
        try await store.documents.put(row, into: .tutorStudents)
        try await store.documents.put(
            ["tutor_email": Self.tutor, "student_email": "other@example.com"], into: .tutorStudents)

        let query = try DocumentQuery(
            table: "tutor-students", index: "student_email-index", keyConditionExpression: "student_email = :student",
            values: [":student": Self.student])
        #expect(try await store.documents.all(query) == [row])
    }

    @Test("3. the requests that wait for a tutor, newest first", arguments: Backend.available)
    func pendingRequests(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        for (id, day, status) in [("r-1", 20, "PENDING"), ("r-2", 22, "APPROVED"), ("r-3", 24, "PENDING")] {
            try await store.documents.put(
                [
                    "request_id": .string(id), "created_at": "2025-01-\(day)T09:00:00.000Z", "status": .string(status),
                    "tutor_email_status": "tutor@example.com#\(status)",
                ], into: .tutorRequests)
        }
        let query = try DocumentQuery(
            table: "tutor-requests", index: "tutor_email_status-created_at-index",
            keyConditionExpression: "tutor_email_status = :key", values: [":key": "tutor@example.com#PENDING"],
            forward: false)
        #expect(try await store.documents.all(query).map { $0["request_id"] } == ["r-3", "r-1"])
    }

    @Test("4. a student's week", arguments: Backend.available)
    func week(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        for day in 22...31 {
            try await store.documents.put(
                ["student_email": Self.student, "date": "2025-01-\(day)", "practice_count": .number(day)],
                into: .dailyStatistics)
        }
        let query = try DocumentQuery(
            table: "daily-statistics",
            keyConditionExpression: "student_email = :student AND #date BETWEEN :start AND :end",
            names: ["#date": "date"],
            values: [":student": Self.student, ":start": "2025-01-24", ":end": "2025-01-30"])
        #expect(try await store.documents.all(query).map { $0["practice_count"]?.int } == Array(24...30))
    }

    @Test("5. the notifications that were not read, newest first", arguments: Backend.available)
    func unread(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        for (id, isRead) in [("n-1", false), ("n-2", true), ("n-3", false)] {
            try await store.documents.put(
                [
                    "user_email": Self.student, "notification_id_timestamp": "\(id)#2025", "is_read": .bool(isRead),
                    "is_read_created_at": "\(isRead)#2025-01-24T09:00:0\(id.suffix(1)).000Z",
                ], into: .notifications)
        }
        let query = try DocumentQuery(
            table: "notifications", index: "user_email-is_read-created_at-index",
            keyConditionExpression: "user_email = :user AND begins_with(is_read_created_at, :prefix)",
            values: [":user": Self.student, ":prefix": "false#"], forward: false)
        #expect(
            try await store.documents.all(query).map { $0["notification_id_timestamp"] } == ["n-3#2025", "n-1#2025"])
    }

    @Test("a request is approved once: request, match and notification together", arguments: Backend.available)
    func approval(_ backend: Backend) async throws {
        let store = try await backend.makeWithTables()
        let request: Item = [
            "request_id": "r-1", "created_at": "2025-01-24T09:00:00.000Z", "student_email": Self.student,
            "tutor_email": Self.tutor, "status": "PENDING", "tutor_email_status": "tutor@example.com#PENDING",
        ]
        try await store.documents.put(request, into: .tutorRequests)
        try await store.documents.transact(try Self.approval(at: "2025-01-25T10:00:00.000Z", notification: "n-1"))

        let approved = try await store.documents.all(DocumentScan(table: "tutor-requests"))
        #expect(approved.first?["status"] == "APPROVED")
        #expect(approved.first?["ttl"] == 1_740_391_200)
        #expect(try await store.documents.all(Self.requests("PENDING")).isEmpty)
        #expect(try await store.documents.all(Self.requests("APPROVED")) == approved)
        let match = try await store.documents.get(
            ["tutor_email": Self.tutor, "student_email": Self.student], from: .tutorStudents)
        #expect(match?["request_id"] == "r-1")

        await #expect(
            throws: DocumentError.transactionCancelled([
                .conditionFailed(old: approved.first), .conditionFailed(old: match), .none,
            ])
        ) {
            try await store.documents.transact(try Self.approval(at: "2025-01-26T10:00:00.000Z", notification: "n-2"))
        }
        #expect(try await store.documents.all(DocumentScan(table: "tutor-requests")) == approved)
        #expect(try await store.documents.all(DocumentScan(table: "tutor-students")) == [match])
        let notifications = try await store.documents.all(DocumentScan(table: "notifications"))
        #expect(notifications.map { $0["notification_id"] } == ["n-1"])
    }

    private static func requests(_ status: String) throws -> DocumentQuery {
        try DocumentQuery(
            table: "tutor-requests", index: "tutor_email_status-created_at-index",
            keyConditionExpression: "tutor_email_status = :key", values: [":key": "tutor@example.com#\(status)"])
    }

    private static func approval(at now: String, notification: String) throws -> [DocumentWrite] {
        [
            DocumentWrite(
                table: "tutor-requests",
                .update(
                    key: ["request_id": "r-1", "created_at": "2025-01-24T09:00:00.000Z"],
                    .set([
                        "status": "APPROVED", "tutor_email_status": "tutor@example.com#APPROVED",
                        "processed_at": .string(now), "updated_at": .string(now), "ttl": 1_740_391_200,
                    ])),
                if: .equals("status", "PENDING")),
            DocumentWrite(
                table: "tutor-students",
                .put([
                    "tutor_email": tutor, "student_email": student, "assigned_at": .string(now), "status": "active",
                    "request_id": "r-1",
                ]),
                if: .notExists("tutor_email")),
            DocumentWrite(
                table: "notifications",
                .put([
                    "user_email": student, "notification_id_timestamp": "\(notification)#\(now)",
                    "notification_id": .string(notification), "type": "tutor_match", "title": "튜터 매칭 완료",
                    "is_read": false, "is_read_created_at": "false#\(now)", "sent_via": ["websocket"],
                ])),
        ]
    }
}
