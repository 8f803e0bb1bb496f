import Documents
import SpeakModel
import Speech

/// The writes to SentenceAudio.
enum SentenceAudioRow {
    static func pending(_ payload: SentenceSynthesize, jobID: String, at now: Timestamp) -> DocumentWrite {
        write(payload, .pending, jobID: jobID, at: now, set: [:])
    }

    static func completed(
        _ payload: SentenceSynthesize, _ entry: SpeechLibrary.Entry, voice: Voice, jobID: String, at now: Timestamp
    ) -> DocumentWrite {
        write(
            payload, .completed, jobID: jobID, at: now,
            set: [
                "completedAt": .string(now.iso8601), "durationMs": .number(entry.durationInMilliseconds),
                "s3key": .string(entry.key), "marks_s3key": .string(entry.marksKey), "voiceId": .string(voice.id),
                "language": .string(payload.language ?? "en"),
            ])
    }

    /// A row that a newer job has taken over is left to that one.
    static func failed(
        _ payload: SentenceSynthesize, jobID: String, reason: String, at now: Timestamp
    ) -> DocumentWrite {
        write(
            payload, .failed, jobID: jobID, at: now, set: ["error": .string(reason)],
            if: .notExists("jobId") || .equals("jobId", .string(jobID)))
    }

    private static func write(
        _ payload: SentenceSynthesize, _ status: SentenceStatus, jobID: String, at now: Timestamp, set: Item,
        if condition: Condition? = nil
    ) -> DocumentWrite {
        var attributes: Item = [
            "status": .string(status.rawValue), "english": .string(payload.english), "jobId": .string(jobID),
            "ttl": .lifetime(of: .sentenceAudio, from: now),
        ]
        attributes["korean"] = payload.korean.map { .string($0) }
        attributes["voiceId"] = payload.voiceID.map { .string($0) }
        var update = UpdateExpression.set(attributes.merging(set) { $1 })
        update.set.append(.init("requestAt", .ifNotExists("requestAt", .value(.string(now.iso8601)))))
        if status != .failed { update.remove = ["error"] }
        let key: Item = ["sessionId": .string(payload.sessionID), "sentenceIndex": .number(payload.sentenceIndex)]
        return DocumentWrite(table: Table.sentenceAudio.name, .update(key: key, update), if: condition)
    }
}
