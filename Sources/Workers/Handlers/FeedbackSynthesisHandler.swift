import Acoustics
import Documents
package import SpeakModel
import Speech

/// Speaks a tutor's feedback: FeedbackMessages says where it is, and a notification tells the student.
package struct FeedbackSynthesisHandler: JobHandler {
    private let library: SpeechLibrary
    private let now: @Sendable () -> Timestamp

    package init(library: SpeechLibrary, now: @escaping @Sendable () -> Timestamp) {
        self.library = library
        self.now = now
    }

    package func handle(_ payload: FeedbackSynthesize, job: JobContext) async throws -> Outcome {
        let people = try Self.people(in: payload.compositeKey)
        let voice =
            try payload.voiceID.map { try Voice.named($0) } ?? .default(for: SpokenLanguage(of: payload.message))
        let entry = try await library.entry(for: SpeechRequest(text: payload.message, voice: voice), as: .mp3)
        let (now, url) = (now, library.url(of: entry))
        return Outcome(
            audioURL: url,
            result: ["s3key": .string(entry.key), "durationMs": .number(entry.durationInMilliseconds)],
            plan: { _, _ in
                let now = now()
                return [
                    Self.messageWrite(payload, people, entry, url: url, at: now),
                    Self.notificationWrite(payload, student: people.student, jobID: job.id, at: now),
                ]
            })
    }

    private struct People {
        let tutor: String
        let student: String
    }

    private static func people(in compositeKey: String) throws -> People {
        let parts = compositeKey.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ $0.contains("@") }) else {
            throw JobFailure.giveUp(reason: "composite_key must be {tutor_email}#{student_email}.")
        }
        return People(tutor: parts[0], student: parts[1])
    }

    private static func messageWrite(
        _ payload: FeedbackSynthesize, _ people: People, _ entry: SpeechLibrary.Entry, url: String, at now: Timestamp
    ) -> DocumentWrite {
        var update = UpdateExpression.set([
            "tutor_email": .string(people.tutor), "student_email": .string(people.student),
            "message": .string(payload.message), "message_type": .string(FeedbackMessageType.audio.rawValue),
            "audio_url": .string(url), "s3key": .string(entry.key),
        ])
        update.set.append(.init("ttl", .ifNotExists("ttl", .value(.lifetime(of: .feedbackMessages, from: now)))))
        let key: Item = ["composite_key": .string(payload.compositeKey), "timestamp": .string(payload.timestamp)]
        return DocumentWrite(table: Table.feedbackMessages.name, .update(key: key, update))
    }

    private static func notificationWrite(
        _ payload: FeedbackSynthesize, student: String, jobID: String, at now: Timestamp
    ) -> DocumentWrite {
        let id = "feedback-\(jobID)"
        return DocumentWrite(
            table: Table.notifications.name,
            .put([
                "user_email": .string(student), "notification_id": .string(id),
                "notification_id_timestamp": .string("\(id)#\(payload.timestamp)"),
                "type": .string(NotificationType.feedback.rawValue), "title": "새 음성 피드백 · New spoken feedback",
                "message": .string(payload.message), "is_read": .bool(false),
                "is_read_created_at": .string("false#\(now.iso8601)"), "created_at": .string(now.iso8601),
                "sent_via": .list([]), "ttl": .lifetime(of: .notifications, from: now),
            ]))
    }
}
