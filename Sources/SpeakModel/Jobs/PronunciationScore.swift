package import JSON

/// Scores one recording against its sentence.
package struct PronunciationScore: JobPayload {
    package static let kind = JobKind.pronunciationScore
    package static let summary = "Scores one recording against its sentence."

    package static let fields: [PayloadField] = [
        .required("student_email", .email, "The student; partition key in PronunciationResults."),
        .required("timestamp", .timestamp, "When the recording was made; sort key in PronunciationResults."),
        .required("original_text", .text, "The sentence that was to be read."),
        .required("s3key", .name(maximumLength: 1024), "The recording, in the bucket speaktracker-audio."),
        .optional("sentence_id", .name(maximumLength: 128), "The sentence, where it has an id."),
        .optional("transcribed_text", .text, "What the school's speech recognition heard."),
        .optional("session_timestamp", .timestamp, "Sort key of the LearningSessions row the recording belongs to."),
    ]

    package var studentEmail: String
    package var timestamp: String
    package var originalText: String
    package var s3Key: String
    package var sentenceID: String?
    package var transcribedText: String?
    package var sessionTimestamp: String?

    package init(
        studentEmail: String, timestamp: String, originalText: String, s3Key: String, sentenceID: String? = nil,
        transcribedText: String? = nil, sessionTimestamp: String? = nil
    ) {
        (self.studentEmail, self.timestamp, self.originalText) = (studentEmail, timestamp, originalText)
        (self.s3Key, self.sentenceID) = (s3Key, sentenceID)
        (self.transcribedText, self.sessionTimestamp) = (transcribedText, sessionTimestamp)
    }

    package init(_ values: PayloadValues) {
        studentEmail = values.string("student_email")
        timestamp = values.string("timestamp")
        originalText = values.string("original_text")
        s3Key = values.string("s3key")
        sentenceID = values.optionalString("sentence_id")
        transcribedText = values.optionalString("transcribed_text")
        sessionTimestamp = values.optionalString("session_timestamp")
    }

    package var values: [String: JSONValue?] {
        [
            "student_email": .string(studentEmail),
            "timestamp": .string(timestamp),
            "original_text": .string(originalText),
            "s3key": .string(s3Key),
            "sentence_id": sentenceID.map { .string($0) },
            "transcribed_text": transcribedText.map { .string($0) },
            "session_timestamp": sessionTimestamp.map { .string($0) },
        ]
    }
}
