package import JSON

/// Speaks a tutor's feedback message and tells the student.
package struct FeedbackSynthesize: JobPayload {
    package static let kind = JobKind.feedbackSynthesize
    package static let summary = "Speaks a tutor's feedback message and tells the student."

    package static let fields: [PayloadField] = [
        .required(
            "composite_key", .name(maximumLength: 641),
            "{tutor_email}#{student_email}; partition key in FeedbackMessages."),
        .required("timestamp", .timestamp, "Sort key in FeedbackMessages."),
        .required("message", .text, "What the tutor wrote."),
        .optional(
            "voiceId", .name(maximumLength: 64), "A Polly voice; a default of the message's language when left out."),
    ]

    package var compositeKey: String
    package var timestamp: String
    package var message: String
    package var voiceID: String?

    package init(_ values: PayloadValues) {
        compositeKey = values.string("composite_key")
        timestamp = values.string("timestamp")
        message = values.string("message")
        voiceID = values.optionalString("voiceId")
    }

    package var values: [String: JSONValue?] {
        [
            "composite_key": .string(compositeKey),
            "timestamp": .string(timestamp),
            "message": .string(message),
            "voiceId": voiceID.map { .string($0) },
        ]
    }
}
