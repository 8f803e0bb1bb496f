import Documents
package import Foundation
package import Objects
package import SpeakModel

/// Scores one recording against its sentence: by its sound, and by what the school's speech recognition heard where the
/// job brings that.
package struct PronunciationScoringHandler: JobHandler {
    private let objects: any ObjectStore
    private let judge: ReadingJudge
    private let timeZone: TimeZone
    private let now: @Sendable () -> Timestamp

    package init(
        objects: any ObjectStore, assessor: ReadingAssessor, timeZone: TimeZone,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.objects = objects
        judge = ReadingJudge(assessor: assessor)
        self.timeZone = timeZone
        self.now = now
    }

    package func handle(_ payload: PronunciationScore, job: JobContext) async throws -> Outcome {
        guard let moment = Timestamp(iso8601: payload.timestamp) else {
            preconditionFailure("The document's check let a bad timestamp pass.")
        }
        let recording = try await Recording(at: payload.s3Key, from: objects)
        let score = try await judge.row(for: payload, of: recording, jobID: job.id)
        let ledger = RecordingLedger(studentEmail: payload.studentEmail, timeZone: timeZone, now: now)
        let now = now
        return Outcome(
            result: score.summary,
            plan: { documents, earlier in
                // Nearly every recording is scored once, so the row is looked at only when it turns out to be there.
                let old = earlier == 0 ? nil : try await score.previous(in: documents)
                let booked = try await ledger.writes(
                    at: moment, replacing: PronunciationResultRow.totals(of: old),
                    with: PronunciationResultRow.totals(of: score.attributes),
                    sessions: PronunciationResultRow.sessionChanges(from: old, to: score.attributes),
                    type: .practice, from: documents)
                return [score.write(replacing: old, at: now())] + booked
            })
    }
}
