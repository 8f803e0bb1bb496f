/// `status` in AsyncJobStatus.
package enum JobStatus: String, CaseIterable, Sendable {
    case pending = "PENDING"
    case processing = "PROCESSING"
    case completed = "COMPLETED"
    case failed = "FAILED"
}

/// `status` in SentenceAudio.
package enum SentenceStatus: String, CaseIterable, Sendable {
    case pending = "PENDING"
    case completed = "COMPLETED"
    case failed = "FAILED"
}

/// `status` in TutorRequests.
package enum TutorRequestStatus: String, CaseIterable, Sendable {
    case pending = "PENDING"
    case approved = "APPROVED"
    case rejected = "REJECTED"
}

/// `status` in TutorStudents.
package enum TutorStudentStatus: String, CaseIterable, Sendable {
    case active
    case inactive
}

/// `session_type` in LearningSessions.
package enum SessionType: String, CaseIterable, Sendable {
    case practice
    case conversation
}

/// `message_type` in FeedbackMessages.
package enum FeedbackMessageType: String, CaseIterable, Sendable {
    case text
    case audio
}

/// `type` in Notifications.
package enum NotificationType: String, CaseIterable, Sendable {
    case tutorMatch = "tutor_match"
    case feedback
    case system
}

/// `difficulty` in AIConversations.
package enum Difficulty: String, CaseIterable, Sendable {
    case high = "상"
    case middle = "중"
    case low = "하"
}
