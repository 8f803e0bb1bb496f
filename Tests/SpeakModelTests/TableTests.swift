import SpeakModel
import Testing

@Suite struct TableTests {
    /// Table, partition key, sort key, lifetime in days: the ERD's own list.
    static let expected: [(String, String, String?, Int?)] = [
        ("users", "role:S", "email:S", nil),
        ("tutor-students", "tutor_email:S", "student_email:S", nil),
        ("tutor-requests", "request_id:S", "created_at:S", 30),
        ("learning-sessions", "student_email:S", "timestamp:S", 90),
        ("daily-statistics", "student_email:S", "date:S", 365),
        ("ai-conversations", "student_email:S", "timestamp:S", 30),
        ("feedback-messages", "composite_key:S", "timestamp:S", 90),
        ("websocket-connections", "connection_id:S", nil, 1),
        ("async-job-status", "job_id:S", nil, 7),
        ("sentence-audio", "sessionId:S", "sentenceIndex:N", 7),
        ("pronunciation-results", "student_email:S", "timestamp:S", 30),
        ("notifications", "user_email:S", "notification_id_timestamp:S", 90),
    ]

    @Test("the twelve tables have the ERD's keys and lifetimes")
    func keys() {
        let described = { (attribute: KeyAttribute) in "\(attribute.name):\(attribute.type.rawValue)" }
        #expect(Table.allCases.count == Self.expected.count)
        for (table, expected) in zip(Table.allCases, Self.expected) {
            #expect(table.name == expected.0)
            #expect(described(table.schema.key.partition) == expected.1)
            #expect(table.schema.key.sort.map(described) == expected.2)
            #expect(table.lifetime == expected.3.map { .days($0) })
            #expect(table.schema.lifetimeAttribute == (expected.3 == nil ? nil : "ttl"))
        }
    }

    @Test("the nine secondary indexes are the ERD's")
    func indexes() {
        let found = Table.allCases.flatMap { table in
            table.schema.indexes.map { index in
                "\(table.name) \(index.name) \(index.key.attributes.map(\.name).joined(separator: " "))"
            }
        }
        #expect(
            found == [
                "tutor-students student_email-index student_email",
                "tutor-requests student_email-created_at-index student_email created_at",
                "tutor-requests tutor_email_status-created_at-index tutor_email_status created_at",
                "learning-sessions tutor_email-timestamp-index tutor_email timestamp",
                "ai-conversations conversation_id-index conversation_id",
                "feedback-messages student_email-timestamp-index student_email timestamp",
                "websocket-connections user_email-index user_email",
                "websocket-connections tutor_email-index tutor_email",
                "notifications user_email-is_read-created_at-index user_email is_read_created_at",
            ])
    }
}
