import Acoustics
import Documents
import JSON
import Pronunciation
import Reports
import SpeakModel

/// A row of PronunciationResults, and what it stands for in its student's day.
struct PronunciationResultRow {
    private let key: Item
    /// Everything but what the time of writing decides.
    let attributes: Item

    /// - Parameter verdict: What was found; its attributes go into the row.
    init(
        payload: PronunciationScore, verdict: ReadingVerdict, recording: Recording, paceRatio: Double?, jobID: String
    ) {
        let activity = recording.activity
        key = ["student_email": .string(payload.studentEmail), "timestamp": .string(payload.timestamp)]
        var row: Item = [
            "job_id": .string(jobID), "s3key": .string(payload.s3Key), "original_text": .string(payload.originalText),
            "transcribed_text": .string(payload.transcribedText ?? verdict.transcript),
            "audio_duration_ms": .number(activity.recordingInMilliseconds),
            "speaking_duration_ms": .number(activity.speakingInMilliseconds),
            "net_speaking_density": .number(activity.netSpeakingDensity, decimals: 6),
            "response_latency_ms": .number(recording.responseLatencyInMilliseconds),
            "feedback": .string(
                verdict.feedback(paceRatio: paceRatio, netSpeakingDensity: activity.netSpeakingDensity).text),
        ]
        row["sentence_id"] = payload.sentenceID.map { .string($0) }
        row["session_timestamp"] = payload.sessionTimestamp.map { .string($0) }
        row["pace_ratio"] = paceRatio.map { .number($0, decimals: 6) }
        attributes = row.merging(verdict.attributes) { $1 }.merging(key) { $1 }
    }

    /// What AsyncJobStatus shows of the result.
    var summary: Item {
        let shown: Set = [
            "overall_score", "accuracy_score", "fluency_score", "prosody_score", "grade", "completeness_score",
            "word_accuracy",
        ]
        return attributes.filter { shown.contains($0.key) }
    }

    func previous(in documents: any DocumentStore) async throws -> Item? {
        try await documents.get(key, from: Table.pronunciationResults.name)
    }

    /// Writes the row, if the one before it is still the one that was read.
    func write(replacing old: Item?, at now: Timestamp) -> DocumentWrite {
        let isUnchanged: Condition =
            if let id = old?["job_id"] {
                .compare(.path("job_id"), .equal, .value(id))
            } else if old != nil {
                .and(.exists("student_email"), .notExists("job_id"))
            } else {
                .notExists("student_email")
            }
        let ttl: Item = ["ttl": .lifetime(of: .pronunciationResults, from: now), "scored_at": .string(now.iso8601)]
        return DocumentWrite(
            table: Table.pronunciationResults.name, .put(attributes.merging(ttl) { $1 }), if: isUnchanged)
    }
}

extension PronunciationResultRow {
    /// What a row of the table stands for in its student's day.
    static func totals(of row: Item?) -> DayTotals {
        guard let row else { return DayTotals() }
        var values: [DayTotals.Field: DocumentNumber] = [.practiceCount: 1]
        values[.totalRecordingTime] = row["audio_duration_ms"]?.number
        values[.totalSpeakingTime] = row["speaking_duration_ms"]?.number
        values[.sumOfNetSpeakingDensity] = row["net_speaking_density"]?.number
        values[.sumOfPaceRatio] = row["pace_ratio"]?.number
        if row["pace_ratio"] != nil { values[.paceRatioCount] = 1 }
        return DayTotals(values)
    }

    /// By how much each learning session's speaking time changes, in milliseconds.
    static func sessionChanges(from old: Item?, to new: Item) -> [String: Int] {
        var changes: [String: Int] = [:]
        for (row, sign) in [(old ?? [:], -1), (new, 1)] {
            guard let session = row["session_timestamp"]?.string,
                let duration = row["speaking_duration_ms"]?.number?.int
            else { continue }
            changes[session, default: 0] += sign * duration
        }
        return changes
    }
}
