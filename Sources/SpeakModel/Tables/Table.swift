/// The school's twelve tables.
///
/// Their schemas are written here and nowhere else.
package enum Table: String, CaseIterable, Sendable {
    case users
    case tutorStudents = "tutor-students"
    case tutorRequests = "tutor-requests"
    case learningSessions = "learning-sessions"
    case dailyStatistics = "daily-statistics"
    case aiConversations = "ai-conversations"
    case feedbackMessages = "feedback-messages"
    case webSocketConnections = "websocket-connections"
    case asyncJobStatus = "async-job-status"
    case sentenceAudio = "sentence-audio"
    case pronunciationResults = "pronunciation-results"
    case notifications

    package var name: String { rawValue }

    package var schema: TableSchema {
        TableSchema(
            name: name,
            key: key,
            indexes: indexes,
            lifetimeAttribute: lifetime == nil ? nil : Self.lifetimeAttribute
        )
    }

    /// The attribute that says, in epoch seconds, when an item's life ends.
    package static let lifetimeAttribute = "ttl"

    private var key: KeySchema {
        switch self {
        case .users: .init(partition: .init("role"), sort: .init("email"))
        case .tutorStudents: .init(partition: .init("tutor_email"), sort: .init("student_email"))
        case .tutorRequests: .init(partition: .init("request_id"), sort: .init("created_at"))
        case .learningSessions: .init(partition: .init("student_email"), sort: .init("timestamp"))
        case .dailyStatistics: .init(partition: .init("student_email"), sort: .init("date"))
        case .aiConversations: .init(partition: .init("student_email"), sort: .init("timestamp"))
        case .feedbackMessages: .init(partition: .init("composite_key"), sort: .init("timestamp"))
        case .webSocketConnections: .init(partition: .init("connection_id"))
        case .asyncJobStatus: .init(partition: .init("job_id"))
        case .sentenceAudio: .init(partition: .init("sessionId"), sort: .init("sentenceIndex", .number))
        case .pronunciationResults: .init(partition: .init("student_email"), sort: .init("timestamp"))
        case .notifications: .init(partition: .init("user_email"), sort: .init("notification_id_timestamp"))
        }
    }

    private var indexes: [SecondaryIndex] {
        switch self {
        case .tutorStudents: [.init("student_email-index", "student_email")]
        case .tutorRequests:
            [
                .init("student_email-created_at-index", "student_email", "created_at"),
                .init("tutor_email_status-created_at-index", "tutor_email_status", "created_at"),
            ]
        case .learningSessions: [.init("tutor_email-timestamp-index", "tutor_email", "timestamp")]
        case .aiConversations: [.init("conversation_id-index", "conversation_id")]
        case .feedbackMessages: [.init("student_email-timestamp-index", "student_email", "timestamp")]
        case .webSocketConnections:
            [.init("user_email-index", "user_email"), .init("tutor_email-index", "tutor_email")]
        case .notifications: [.init("user_email-is_read-created_at-index", "user_email", "is_read_created_at")]
        case .users, .dailyStatistics, .asyncJobStatus, .sentenceAudio, .pronunciationResults: []
        }
    }

    /// How long after it was written an item may be swept; `nil` where items stay.
    package var lifetime: Duration? {
        switch self {
        case .users, .tutorStudents: nil
        case .webSocketConnections: .days(1)
        case .asyncJobStatus, .sentenceAudio: .days(7)
        case .tutorRequests, .aiConversations, .pronunciationResults: .days(30)
        case .learningSessions, .feedbackMessages, .notifications: .days(90)
        case .dailyStatistics: .days(365)
        }
    }
}

extension SecondaryIndex {
    fileprivate init(_ name: String, _ partition: String, _ sort: String? = nil) {
        self.init(name: name, key: .init(partition: .init(partition), sort: sort.map { .init($0) }))
    }
}

extension Duration {
    package static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}
