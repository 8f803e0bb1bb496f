package import JSON

/// Measures one spoken turn of a conversation with the AI partner.
package struct ConversationAnalyze: JobPayload {
    package static let kind = JobKind.conversationAnalyze
    package static let summary = "Measures one spoken turn of a conversation with the AI partner."

    package static let fields: [PayloadField] = [
        .required("student_email", .email, "The student; partition key in AIConversations."),
        .required("timestamp", .timestamp, "Sort key of the conversation in AIConversations."),
        .required("conversation_id", .name(maximumLength: 128), "The conversation."),
        .required("s3key", .name(maximumLength: 1024), "The recording, in the bucket speaktracker-audio."),
        .optional("transcribed_text", .text, "What the school's speech recognition heard."),
        .optional("session_timestamp", .timestamp, "Sort key of the LearningSessions row the turn belongs to."),
    ]

    package var studentEmail: String
    package var timestamp: String
    package var conversationID: String
    package var s3Key: String
    package var transcribedText: String?
    package var sessionTimestamp: String?

    package init(_ values: PayloadValues) {
        studentEmail = values.string("student_email")
        timestamp = values.string("timestamp")
        conversationID = values.string("conversation_id")
        s3Key = values.string("s3key")
        transcribedText = values.optionalString("transcribed_text")
        sessionTimestamp = values.optionalString("session_timestamp")
    }

    package var values: [String: JSONValue?] {
        [
            "student_email": .string(studentEmail),
            "timestamp": .string(timestamp),
            "conversation_id": .string(conversationID),
            "s3key": .string(s3Key),
            "transcribed_text": transcribedText.map { .string($0) },
            "session_timestamp": sessionTimestamp.map { .string($0) },
        ]
    }
}
